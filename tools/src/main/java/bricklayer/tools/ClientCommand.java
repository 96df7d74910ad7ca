package bricklayer.tools;

import bricklayer.api.PlanInfo;
import bricklayer.client.BricklayerClient;

/** A command that asks a server for something and prints what came of it. */
abstract class ClientCommand extends LocalCommand {

    @Override
    public final void run() {
        try {
            ask();
        } catch (Curl.NotSent shown) {
            note(
                    "It was not sent. Where the answer is 202, its Location is to be asked for until it answers something else.");
        }
    }

    private void ask() {
        if (cutShort()) {
            run(root().client());
            return;
        }
        if (plansItself() || (!root().dryRun() && !explains())) {
            Waiting.of(this, commandLine()).run(this::run);
            return;
        }
        BricklayerClient client = root().client();
        if (!canBePlanned()) {
            throw misuse("--dry-run is not for this command; nothing was done");
        }
        client.plan(this::run).ifPresent(this::show);
    }

    private void show(PlanInfo plan) {
        Output output = Output.of(commandLine()).orElse(root().output());
        show(output, plan, () -> printText(PlanText.of(plan, explains())));
    }

    /** What may stand for ids in the arguments. */
    final Names names(BricklayerClient client) {
        return root().surroundings().asHeketi() ? Names.idsOnly(client) : Names.of(client);
    }

    /** Whether a dry run was asked for that tells of places, too. */
    boolean explains() {
        return false;
    }

    /** Whether it heeds {@code --dry-run} by itself. */
    boolean plansItself() {
        return false;
    }

    /** False for commands that ask for several changes, of which each depends on the one before. */
    boolean canBePlanned() {
        return true;
    }

    abstract void run(BricklayerClient client);
}
