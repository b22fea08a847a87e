const BUDGET_SECONDS = 300;

/** The line that CI reads, last of all; in CI a skipped test is a failure. */
module.exports = class SummaryLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const seconds = Math.round((Date.now() - results.startTime) / 1000);
    if (process.env.CI && skipped > 0)
      this.error = new Error(`${skipped} tests were skipped; in CI all of them run`);
    process.once("exit", () => {
      console.log(`engine: ${seconds} s of a budget of ${BUDGET_SECONDS} s`);
      console.log(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
    });
  }

  getLastError() {
    return this.error;
  }
};
