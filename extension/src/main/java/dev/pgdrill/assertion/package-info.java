/** AssertJ entry points. */
package dev.pgdrill.assertion;
