package bricklayer.tools;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.client.BricklayerClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "blockvolume",
        description = "Block volumes: disks for one reader and writer at a time, reached by iSCSI.",
        subcommands = {
            BlockVolumeCommand.Create.class,
            BlockVolumeCommand.Info.class,
            BlockVolumeCommand.Listing.class,
            BlockVolumeCommand.Expand.class,
            BlockVolumeCommand.Delete.class
        })
final class BlockVolumeCommand extends Group {

    @Command(name = "create", description = "Creates a block volume on a volume that hosts such.")
    static final class Create extends VolumeKind.Showing<BlockVolumeInfo> {

        @Option(names = "--size", required = true, paramLabel = "GIB", description = "Size in GiB.")
        private long size;

        @Option(names = "--name", defaultValue = "", description = "Default: blockvol_ and its id.")
        private String name = "";

        @Option(
                names = "--ha",
                defaultValue = "0",
                paramLabel = "N",
                description = "On how many hosts it can be reached; default 0, all.")
        private int hosts;

        @Option(
                names = "--auth",
                arity = "0..1",
                defaultValue = "false",
                fallbackValue = "true",
                description = "Ask initiators for a user name and password.")
        private boolean auth;

        @Option(
                names = "--clusters",
                split = ",",
                paramLabel = "ID",
                description = "Clusters to choose from; default all.")
        private List<String> clusters = new ArrayList<>();

        Create() {
            super(VolumeKind.BLOCK_VOLUME);
        }

        @Override
        void run(BricklayerClient client) {
            if (hosts < 0) {
                throw misuse("Invalid HA count");
            }
            show(client.createBlockVolume(new BlockVolumeCreateRequest(size, clusters, name, hosts, auth)));
        }
    }

    @Command(name = "info", description = "Shows a block volume.")
    static final class Info extends VolumeKind.Info<BlockVolumeInfo> {
        Info() {
            super(VolumeKind.BLOCK_VOLUME);
        }
    }

    @Command(name = "list", description = "Lists the block volumes.")
    static final class Listing extends VolumeKind.Listing<BlockVolumeInfo> {
        Listing() {
            super(VolumeKind.BLOCK_VOLUME);
        }
    }

    @Command(name = "expand", description = "Makes a block volume larger.")
    static final class Expand extends VolumeKind.Showing<BlockVolumeInfo> {

        @Parameters(paramLabel = "ID", arity = "0..1", description = "Its id or name.")
        private @Nullable String id;

        @Option(names = "--blockvolume", paramLabel = "ID", description = "Its id or name.")
        private @Nullable String blockVolume;

        @Option(names = "--new-size", required = true, paramLabel = "GIB", description = "Its size then, in GiB.")
        private long total;

        Expand() {
            super(VolumeKind.BLOCK_VOLUME);
        }

        @Override
        void run(BricklayerClient client) {
            String which = id == null ? blockVolume : id;
            if (which == null) {
                throw misuse("Missing block volume id");
            }
            show(client.expandBlockVolume(id(client, which), total));
        }
    }

    @Command(name = "delete", description = "Deletes a block volume and its data.")
    static final class Delete extends VolumeKind.Delete<BlockVolumeInfo> {
        Delete() {
            super(VolumeKind.BLOCK_VOLUME);
        }
    }
}
