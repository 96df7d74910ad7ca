package bricklayer.tools.bench.report;

/** How much a run must have done to be judged by a bar: figures of a small one are shown, but say nothing of it. */
enum Scale {
    /** What is the same in all runs but quick ones. */
    ANY("", 0),
    /** A full database. */
    FULL(BenchReport.VOLUMES, 200_000),
    /** Volumes asked for at once. */
    BURST(BenchReport.BURST, 4_000);

    private final String setting;
    private final int least;

    Scale(String setting, int least) {
        this.setting = setting;
        this.least = least;
    }

    boolean reached(BenchReport report) {
        return !Boolean.parseBoolean(report.settings().get(BenchReport.QUICK))
                && (setting.isEmpty() || Integer.parseInt(report.settings().getOrDefault(setting, "0")) >= least);
    }
}
