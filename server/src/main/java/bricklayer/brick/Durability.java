package bricklayer.brick;

/** How the data of a volume is spread over the bricks of a set so that it outlives some of them. */
public sealed interface Durability {

    /** The number of bricks that make one set, each on a node of its own. */
    int bricksPerSet();

    /** The number of bricks of a set among which its data is divided: a brick is the set's size divided by this. */
    int dataBricks();

    /** How many of the other bricks of a set must be up before one may be replaced. */
    int quorum();

    /** The name on the wire: {@code none}, {@code replicate} or {@code disperse}. */
    String typeName();

    /** Whether the last brick of each set is an arbiter, which holds names and no data. */
    default boolean arbiter() {
        return false;
    }

    /** Each file lies on one brick. */
    record Distribute() implements Durability {
        @Override
        public int bricksPerSet() {
            return 1;
        }

        @Override
        public int dataBricks() {
            return 1;
        }

        @Override
        public int quorum() {
            return 1;
        }

        @Override
        public String typeName() {
            return "none";
        }
    }

    /**
     * Each brick of a set holds the same.
     *
     * @param count 1 to 3
     * @param arbiter only with 3: two copies and an arbiter
     */
    record Replica(int count, boolean arbiter) implements Durability {

        private static final int MOST = 3;
        private static final int COUNT_WITH_ARBITER = 3;

        public Replica {
            if (count < 1 || count > MOST) {
                throw new InvalidRequest("Invalid replica value");
            }
            if (arbiter && count != COUNT_WITH_ARBITER) {
                throw new InvalidRequest("An arbiter volume needs replica 3, not replica " + count);
            }
        }

        @Override
        public int bricksPerSet() {
            return count;
        }

        @Override
        public int dataBricks() {
            return 1;
        }

        @Override
        public int quorum() {
            return count < 3 ? 1 : count / 2 + 1;
        }

        @Override
        public String typeName() {
            return "replicate";
        }
    }

    /**
     * Data is cut into {@code data} parts, from which {@code redundancy} more are computed; any {@code data} of
     * them suffice.
     */
    record Disperse(int data, int redundancy) implements Durability {

        public Disperse {
            boolean known = switch (data) {
                case 2 -> redundancy == 1;
                case 4 -> redundancy == 2;
                case 8 -> redundancy == 3 || redundancy == 4;
                default -> false;
            };
            if (!known) {
                throw new InvalidRequest("Invalid dispersion combination: " + data + "+" + redundancy);
            }
        }

        @Override
        public int bricksPerSet() {
            return data + redundancy;
        }

        @Override
        public int dataBricks() {
            return data;
        }

        @Override
        public int quorum() {
            return data;
        }

        @Override
        public String typeName() {
            return "disperse";
        }
    }

    static Durability distribute() {
        return new Distribute();
    }

    static Durability replica(int count) {
        return new Replica(count, false);
    }

    static Durability replicaWithArbiter() {
        return new Replica(Replica.COUNT_WITH_ARBITER, true);
    }

    static Durability disperse(int data, int redundancy) {
        return new Disperse(data, redundancy);
    }

    /**
     * What a request asks for. Numbers of other types are not looked at, as Heketi does not; a negative replica,
     * which Heketi accepted and made a volume without bricks from, is refused.
     *
     * @param type empty means {@code none}
     * @param replica 0, or left out, means 2
     * @param arbiter the volume option; without effect on other types than replicas
     * @throws InvalidRequest with Heketi's texts
     */
    static Durability requested(String type, int replica, int data, int redundancy, boolean arbiter) {
        return switch (type) {
            case "", "none" -> distribute();
            case "replicate" -> new Replica(replica == 0 ? 2 : replica, arbiter);
            case "disperse" -> disperse(data, redundancy);
            default -> throw new InvalidRequest("Unknown durability type");
        };
    }
}
