package bricklayer.tools.simulation;

/**
 * Something that happens in a story: a client asks, or something breaks. Plain numbers, so that any part of a story is a story again; what they mean depends on the kind, and on what is there
 * at that moment.
 *
 * @param afterMs time since the event before
 */
record Event(long afterMs, Kind kind, int a, int b, int c) {

    /** What can happen. The number is how often, against the others. */
    enum Kind {
        /** a: size, b: durability, c: with a key, whether the answer is lost. */
        CREATE(22),
        EXPAND(8),
        DELETE(12),
        CLONE(4),
        EVICT(5),
        BLOCK_CREATE(3),
        BLOCK_DELETE(2),
        DEVICE_STATE(4),
        DEVICE_ADD(2),
        DEVICE_DELETE(2),
        NODE_STATE(2),
        TAGS(4),
        /** The very same request with a key again. */
        REPEAT(8),
        /** An open operation is steered by hand; b: how. */
        STEER(3),
        CLEAN_UP(1),

        /** a: node, b: for how long. */
        POWER_CUT(4),
        /** The server cannot reach it; the other nodes can. */
        UNREACHABLE(3),
        /** Nobody can. */
        ISOLATED(3),
        SLOW(2),
        GLUSTERD_DEAD(3),
        /** a: what goes wrong with the next commands, b: with how many. */
        MISHAP(14),

        /** a: after how many turns, b: down for how long. */
        KILL(8),
        /** The server's machine loses power: what its disk was not told to flush is gone. */
        SERVER_POWER_CUT(6),
        RESTART(2),
        FLUSH_FAILS(2),
        DISK_FULL(1),
        CLOCK_JUMP(2);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    @Override
    public String toString() {
        return afterMs + " " + kind + " " + a + " " + b + " " + c;
    }

    static Event parse(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != 5) {
            throw new IllegalArgumentException("not an event: " + line);
        }
        return new Event(
                Long.parseLong(words[0]),
                Kind.valueOf(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
    }
}
