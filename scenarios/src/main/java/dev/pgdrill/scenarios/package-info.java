/** The drills, to be scanned by a test runner. */
package dev.pgdrill.scenarios;
