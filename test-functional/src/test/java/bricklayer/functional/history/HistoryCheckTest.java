package bricklayer.functional.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The check believes histories that can be true, and none that cannot. */
class HistoryCheckTest {

    private static final String V = "a".repeat(32);
    private static final String W = "b".repeat(32);
    private static final String D = "d".repeat(32);
    private static final String BRICK = "e".repeat(32);
    private static final long ALL_KIB = 1_000;

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();

    /** From one moment to another a request is under way and answered. */
    private Exchange said(
            int from,
            int to,
            String method,
            String path,
            String body,
            String key,
            int status,
            String location,
            String answer) {
        long number = exchanges.size() + 1L;
        boolean pending = answer.equals("pending");
        Exchange exchange = new Exchange(
                number,
                "c",
                kills.size(),
                from,
                to,
                method,
                path,
                body,
                key,
                status,
                location,
                pending,
                pending ? "" : answer,
                status == 0 ? "" : "x" + number,
                status == 0 ? "reset" : "");
        exchanges.add(exchange);
        return exchange;
    }

    private void list(int from, int to, String... ids) {
        String quoted =
                List.of(ids).stream().map(id -> "\"" + id + "\"").collect(java.util.stream.Collectors.joining(","));
        said(from, to, "GET", "/volumes", "", "", 200, "", "{\"volumes\":[" + quoted + "]}");
    }

    private void volume(int from, int to, String id, int size, String... bricks) {
        String listed = List.of(bricks).stream()
                .map(brick -> "{\"id\":\"" + brick + "\"}")
                .collect(java.util.stream.Collectors.joining(","));
        said(
                from,
                to,
                "GET",
                "/volumes/" + id,
                "",
                "",
                200,
                "",
                "{\"size\":%d,\"name\":\"n\",\"id\":\"%s\",\"bricks\":[%s]}".formatted(size, id, listed));
    }

    private void noVolume(int from, int to, String id) {
        said(from, to, "GET", "/volumes/" + id, "", "", 404, "", "Id not found");
    }

    private void device(int at, String state, String tags, long usedKiB) {
        said(
                at,
                at + 1,
                "GET",
                "/devices/" + D,
                "",
                "",
                200,
                "",
                "{\"name\":\"/dev/vdb\",\"tags\":%s,\"storage\":{\"total\":%d,\"free\":%d,\"used\":%d},\"id\":\"%s\",\"state\":\"%s\"}"
                        .formatted(tags, ALL_KIB, ALL_KIB - usedKiB, usedKiB, D, state));
    }

    /** Accepted between these moments. */
    private void accepted(int from, int to, String method, String path, String body, String key, String job) {
        said(from, to, method, path, body, key, 202, queue(job), "");
    }

    private void pending(int from, int to, String job) {
        said(from, to, "GET", queue(job), "", "", 200, "", "pending");
    }

    private void ended(int from, int to, String job, int status, String location) {
        said(from, to, "GET", queue(job), "", "", status, location, status == 500 ? "failed" : "");
    }

    private static String queue(String job) {
        return "/queue/" + job.repeat(32);
    }

    private void created(int from, String id, String job) {
        accepted(from, from + 1, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}", "", job);
        ended(from + 2, from + 3, job, 303, "/volumes/" + id);
    }

    private void lost(int from, String method, String path, String body) {
        said(from, from + 1, method, path, body, "", 0, "", "");
        kill(from + 2);
    }

    private void kill(int dead) {
        kills.add(new Kill(kills.size(), dead, true));
    }

    private List<String> faults() {
        return new HistoryCheck().faults(new History(exchanges, kills));
    }

    private void believed() {
        assertThat(faults()).isEmpty();
    }

    private void refused(String... words) {
        assertThat(faults()).isNotEmpty().first().asString().contains(words);
    }

    @Test
    void aWholeLife() {
        list(0, 1);
        created(10, V, "1");
        list(20, 21, V);
        volume(22, 23, V, 2);
        accepted(30, 31, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "k", "2");
        volume(32, 33, V, 2);
        pending(34, 35, "2");
        ended(36, 37, "2", 303, "/volumes/" + V);
        accepted(38, 39, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "k", "2");
        volume(40, 41, V, 5);
        accepted(50, 51, "DELETE", "/volumes/" + V, "", "", "3");
        list(52, 53);
        ended(54, 55, "3", 204, "");
        noVolume(60, 61, V);
        list(62, 63);
        believed();
    }

    @Test
    void aLostVolume() {
        list(0, 1);
        created(10, V, "1");
        list(20, 21);
        refused("/volumes/" + V, "there, of size 2");
    }

    @Test
    void aVolumeThatWasSeenAndIsGone() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        noVolume(10, 11, V);
        refused("/volumes/" + V);
    }

    @Test
    void aVolumeThatCameBack() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "DELETE", "/volumes/" + V, "", "", "1");
        ended(12, 13, "1", 204, "");
        list(20, 21);
        list(30, 31, V);
        refused("/volumes/" + V, "it is not there");
    }

    @Test
    void aFailedCreateThatIsThere() {
        list(0, 1);
        accepted(10, 11, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}", "", "1");
        ended(12, 13, "1", 500, "");
        list(20, 21, V);
        volume(22, 23, V, 2);
        refused("/volumes/" + V, "nobody asked for it");
    }

    @Test
    void aKeyThatActedTwice() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "k", "1");
        ended(12, 13, "1", 303, "/volumes/" + V);
        accepted(14, 15, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "k", "1");
        volume(20, 21, V, 8);
        refused("/volumes/" + V, "of size 5");
    }

    @Test
    void aKeyThatBeganTwice() {
        list(0, 1);
        accepted(10, 11, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}", "k", "1");
        ended(12, 13, "1", 303, "/volumes/" + V);
        accepted(20, 21, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}", "k", "2");
        ended(22, 23, "2", 303, "/volumes/" + W);
        refused("one key, two answers");
    }

    @Test
    void aKeyThatIsForgotten() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "DELETE", "/volumes/" + V, "", "k", "1");
        ended(12, 13, "1", 204, "");
        said(20, 21, "DELETE", "/volumes/" + V, "", "k", 404, "", "Id not found");
        refused("told otherwise");
    }

    @Test
    void aTwinThatIsRefusedForWhatTheOtherDid() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 15, "DELETE", "/volumes/" + V, "", "k", "1");
        said(11, 16, "DELETE", "/volumes/" + V, "", "k", 404, "", "Id not found");
        ended(17, 18, "1", 204, "");
        refused("refused because of what the same request did");
    }

    @Test
    void aKeyThatTakesAnotherRequest() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "k", "1");
        ended(12, 13, "1", 303, "/volumes/" + V);
        said(14, 15, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":4}", "k", 500, "", "No space");
        refused("the key of another request was not refused");
    }

    @Test
    void keysAreRememberedFromOneHistoryToTheNext() {
        HistoryCheck check = new HistoryCheck();
        list(0, 1);
        said(10, 11, "POST", "/clusters", "{}", "k", 201, "", "{\"id\":\"" + W + "\"}");
        assertThat(check.faults(new History(List.copyOf(exchanges), kills))).isEmpty();
        exchanges.clear();
        said(20, 21, "POST", "/clusters", "{}", "k", 201, "", "{\"id\":\"" + V + "\"}");
        assertThat(check.faults(new History(exchanges, kills)))
                .first()
                .asString()
                .contains("one key, two answers");
    }

    @Test
    void anOverCommittedDevice() {
        device(0, "online", "{}", 400);
        device(10, "online", "{}", ALL_KIB + 1);
        refused("over-committed");
    }

    @Test
    void aStaleRead() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "", "1");
        ended(12, 13, "1", 303, "/volumes/" + V);
        volume(20, 21, V, 2);
        refused("/volumes/" + V, "of size 5");
    }

    @Test
    void aReadThatGoesBackInTime() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "", "1");
        volume(12, 13, V, 5);
        volume(14, 15, V, 2);
        ended(16, 17, "1", 303, "/volumes/" + V);
        refused("/volumes/" + V);
    }

    @Test
    void aReadBesideAChangeMaySeeEither() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "", "1");
        volume(12, 20, V, 5);
        volume(13, 19, V, 2);
        ended(14, 21, "1", 303, "/volumes/" + V);
        believed();
    }

    @Test
    void anEndThatComesBeforeItsWork() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        accepted(10, 11, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}", "", "1");
        volume(12, 13, V, 5);
        pending(14, 15, "1");
        ended(16, 17, "1", 303, "/volumes/" + V);
        refused("/volumes/" + V);
    }

    @Test
    void whatWasLostMayHaveHappenedOrNot() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        lost(10, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}");
        int before = exchanges.size();
        volume(20, 21, V, 2);
        volume(30, 31, V, 2);
        believed();
        exchanges.subList(before, exchanges.size()).clear();
        volume(20, 21, V, 2);
        volume(30, 31, V, 5);
        believed();
        volume(40, 41, V, 2);
        refused("/volumes/" + V);
    }

    @Test
    void whatWasLostHappensOnceAtMost() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        lost(10, "POST", "/volumes/" + V + "/expand", "{\"expand_size\":3}");
        volume(20, 21, V, 8);
        refused("/volumes/" + V);
    }

    @Test
    void aLostCreateMayBeThere() {
        list(0, 1);
        lost(10, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}");
        list(20, 21, V);
        volume(22, 23, V, 2);
        believed();
    }

    @Test
    void aBrickThatWasReplacedAndIsThereStill() {
        list(0, 1, V);
        volume(2, 3, V, 2, BRICK);
        accepted(10, 11, "POST", "/bricks/to-evict/" + BRICK, "", "", "1");
        volume(12, 13, V, 2, BRICK);
        ended(14, 15, "1", 204, "");
        believed();
        volume(20, 21, V, 2, BRICK);
        refused("/volumes/" + V, BRICK);
    }

    @Test
    void aStateThatWasNotKept() {
        device(0, "online", "{}", 0);
        accepted(10, 11, "POST", "/devices/" + D + "/state", "{\"state\":\"offline\"}", "", "1");
        ended(12, 13, "1", 204, "");
        device(14, "offline", "{}", 0);
        believed();
        device(20, "online", "{}", 0);
        refused("state of /devices/" + D);
    }

    @Test
    void aTagThatWasLost() {
        device(0, "online", "{}", 0);
        String path = "/devices/" + D + "/tags";
        said(10, 11, "POST", path, "{\"change_type\":\"update\",\"tags\":{\"a\":\"1\"}}", "", 200, "", "{\"a\":\"1\"}");
        device(12, "online", "{\"a\":\"1\"}", 0);
        believed();
        said(14, 15, "POST", path, "{\"change_type\":\"update\",\"tags\":{\"b\":\"2\"}}", "", 200, "", "{\"b\":\"2\"}");
        refused("tags of /devices/" + D);
    }

    @Test
    void aClusterThatIsGone() {
        said(0, 1, "GET", "/clusters", "", "", 200, "", "{\"clusters\":[]}");
        said(10, 11, "POST", "/clusters", "{}", "k", 201, "", "{\"id\":\"" + V + "\"}");
        said(12, 13, "GET", "/clusters", "", "", 200, "", "{\"clusters\":[\"" + V + "\"]}");
        believed();
        said(20, 21, "GET", "/clusters", "", "", 200, "", "{\"clusters\":[]}");
        refused("cluster " + V);
    }

    @Test
    void twoEndsOfOneJob() {
        list(0, 1);
        created(10, V, "1");
        list(14, 15, V);
        ended(20, 21, "1", 500, "");
        refused("two ends of one job");
    }

    @Test
    void aJobThatIsPendingAgain() {
        list(0, 1);
        created(10, V, "1");
        pending(20, 21, "1");
        refused("pending again");
    }

    @Test
    void anAcceptedJobThatNobodyKnows() {
        list(0, 1);
        accepted(10, 11, "POST", "/volumes", "{\"size\":2,\"name\":\"n\"}", "", "1");
        refused("never heard of again");
    }

    @Test
    void theAnswerToAnother() {
        list(0, 1);
        Exchange right = exchanges.removeFirst();
        exchanges.add(new Exchange(
                right.number(), "c", 0, 0, 1, "GET", "/volumes", "", "", 200, "", false, right.answer(), "x7", ""));
        refused("the answer to request x7 came to");
    }

    @Test
    void noAnswerFromAServerThatLived() {
        list(0, 1);
        said(10, 11, "GET", "/volumes", "", "", 0, "", "");
        refused("though the server lived");
    }

    @Test
    void anAnswerThatNothingExplains() {
        list(0, 1);
        said(10, 11, "POST", "/volumes", "{\"size\":2}", "", 500, "", "java.lang.NullPointerException");
        refused("not an answer to be expected");
    }

    /** Six changes at once, each of which may have happened or not. */
    @Test
    void manyAtOnce() {
        list(0, 1, V);
        volume(2, 3, V, 2);
        IntStream.range(0, 6)
                .forEach(i -> said(
                        10,
                        11,
                        "POST",
                        "/volumes/" + V + "/expand",
                        "{\"expand_size\":" + (1 << i) + "}",
                        "",
                        0,
                        "",
                        ""));
        kill(50);
        volume(60, 61, V, 2 + 1 + 4 + 32);
        volume(70, 71, V, 2 + 1 + 4 + 32);
        believed();
        volume(80, 81, V, 2);
        refused("/volumes/" + V);
    }
}
