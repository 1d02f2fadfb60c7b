/** What steers a run: properties now, the team's plan (pgdrill.yml) as it grows. */
package dev.pgdrill.plan;
