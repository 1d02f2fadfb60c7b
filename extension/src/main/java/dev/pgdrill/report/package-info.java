/** Run directory, results, report and gate. */
package dev.pgdrill.report;
