package bricklayer.promise;

/** What can go wrong with one write to the log. */
enum DiskFault {
    /** The machine loses power before the flush; nothing of the write reached the disk. */
    POWER_CUT("power cut, write lost", true),
    /** The machine loses power before the flush; half of the write reached the disk. */
    TORN("power cut, write torn", true),
    /** The machine loses power after the flush, before anybody hears of it. */
    POWER_CUT_AFTER_FLUSH("power cut after the flush", true),
    /** There is no room for the write. */
    FULL("disk full", false),
    /** There is room for half of the write. */
    FULL_HALF_WAY("disk full half way", false),
    /** The flush reports an error, and what was written is gone. */
    FLUSH_FAILS("flush fails, write lost", false),
    /** The flush reports an error, and yet all is on the disk. */
    FLUSH_FAILS_AND_KEEPS("flush fails, write kept", false),
    /** As {@link #POWER_CUT_AFTER_FLUSH}; and the next process gets half of the log's file to read, the one after it all. */
    SHORT_READ("short read at the next start", true);

    private final String words;
    private final boolean death;

    DiskFault(String words, boolean death) {
        this.words = words;
        this.death = death;
    }

    String words() {
        return words;
    }

    /** Whether the process dies of it; else its store takes no more writes. */
    boolean isDeath() {
        return death;
    }
}
