package bricklayer.tools.output;

/**
 * A column of a table.
 *
 * @param number whether it is aligned at the right
 * @param whole whether others are cut before it, since a part of it is of no use
 * @param onlyWide whether it is left out of the narrow table
 * @param state whether its words are coloured by what they say
 */
public record Column(String heading, boolean number, boolean whole, boolean onlyWide, boolean state) {

    public static Column text(String heading) {
        return new Column(heading, false, false, false, false);
    }

    public static Column number(String heading) {
        return new Column(heading, true, true, false, false);
    }

    public static Column id(String heading) {
        return new Column(heading, false, true, false, false);
    }

    public static Column state(String heading) {
        return new Column(heading, false, true, false, true);
    }

    /** The same, in the wide table only. */
    public Column wide() {
        return new Column(heading, number, whole, true, state);
    }
}
