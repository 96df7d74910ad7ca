package bricklayer.executor.simulated;

/** One thing in a report of LVM. Columns are computed when asked for: most questions want few of them. */
interface Row {

    /**
     * The value of a column, as LVM prints it.
     *
     * @throws NotSimulated for a column that no interpreter knows
     */
    String column(String name);
}
