package bricklayer.tools;

import bricklayer.api.TagsChangeRequest;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes tags of a node or device. */
abstract class RemoveTags extends ClientCommand {

    private final Member member;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Parameters(index = "1..*", paramLabel = "TAG", description = "Such as rack.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Remove all tags.")
    private boolean all;

    RemoveTags(Member member) {
        this.member = member;
    }

    @Override
    void run(BricklayerClient client) {
        if (all && !names.isEmpty()) {
            throw misuse("--all may not be combined with named tags");
        }
        if (!all && names.isEmpty()) {
            throw misuse("at least one tag expected");
        }
        Map<String, String> tags = new TreeMap<>();
        names.forEach(name -> tags.put(name, ""));
        member.changeTags(client, member.id(names(client), id), new TagsChangeRequest(all ? "set" : "delete", tags));
    }
}
