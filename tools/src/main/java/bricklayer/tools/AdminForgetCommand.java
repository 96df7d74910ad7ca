package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Deletes the records of a volume that was adopted for reading only.",
            "The volume and all that is in it stay as they are; a rebuild leaves it out from then on."
        })
final class AdminForgetCommand extends ClientCommand {

    @Parameters(paramLabel = "VOLUME", description = "Its id or its name.")
    private String volume = "";

    @Override
    void run(BricklayerClient client) {
        client.forgetVolume(names(client).volume(volume));
        say("Forgot volume %s; its storage was left as it is", volume);
    }
}
