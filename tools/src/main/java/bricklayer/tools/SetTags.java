package bricklayer.tools;

import bricklayer.api.TagsChangeRequest;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets tags of a node or device. */
abstract class SetTags extends ClientCommand {

    private final Member member;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Parameters(index = "1..*", paramLabel = "TAG:VALUE", description = "Such as rack:r1.")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = {"-e", "--exact"},
            description = "Remove all other tags.")
    private boolean exact;

    SetTags(Member member) {
        this.member = member;
    }

    @Override
    void run(BricklayerClient client) {
        if (pairs.isEmpty()) {
            throw misuse("at least one tag:value pair expected");
        }
        Map<String, String> tags = new TreeMap<>();
        for (String pair : pairs) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw misuse("expected colon (:) between tag name and value, got: " + pair);
            }
            tags.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        member.changeTags(client, member.id(names(client), id), new TagsChangeRequest(exact ? "set" : "update", tags));
    }
}
