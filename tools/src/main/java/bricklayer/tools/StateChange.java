package bricklayer.tools;

import bricklayer.api.StateRequest;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Parameters;

/** Puts a node or device into a state. */
abstract class StateChange extends ClientCommand {

    private final Member member;
    private final String state;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    StateChange(Member member, String state) {
        this.member = member;
        this.state = state;
    }

    @Override
    void run(BricklayerClient client) {
        String which = member.id(names(client), id);
        member.setState(client, which, new StateRequest(state, healCheck()));
        say("%s %s is now %s", member.title(), which, Texts.state(state));
    }

    /** As the server wants it; empty for its default. */
    String healCheck() {
        return "";
    }
}
