package bricklayer.api;

import java.util.List;

/**
 * Answer of {@code GET /nodes/{id}/reboot-check}: whether a node can be restarted now without a volume losing its quorum.
 *
 * @param host the node's first manage name
 * @param volumes how many have a brick there
 * @param reasons why it cannot; empty when it can
 */
public record RebootCheck(String node, String host, boolean safe, int volumes, List<Reason> reasons) {

    public RebootCheck {
        node = Absent.text(node);
        host = Absent.text(host);
        reasons = Absent.list(reasons);
    }

    /**
     * One thing that speaks against it.
     *
     * @param volume its name; empty when it is not about one
     */
    public record Reason(String volume, String why) {

        public Reason {
            volume = Absent.text(volume);
            why = Absent.text(why);
        }
    }
}
