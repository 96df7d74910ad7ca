package bricklayer.tools;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Table;
import bricklayer.tools.output.Tree;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Volumes and block volumes, for the commands that they have in common. */
abstract class VolumeKind<T> {

    static final VolumeKind<VolumeInfo> VOLUME = new VolumeKind<>() {
        @Override
        String id(Names names, String text) {
            return names.volume(text);
        }

        @Override
        VolumeInfo get(BricklayerClient client, String id) {
            return client.volume(id);
        }

        @Override
        List<String> ids(BricklayerClient client) {
            return client.volumes();
        }

        @Override
        Object answer(List<String> ids) {
            return new VolumeList(ids);
        }

        @Override
        String plural() {
            return "volumes";
        }

        @Override
        void delete(BricklayerClient client, String id) {
            client.deleteVolume(id);
        }

        @Override
        Table table(List<VolumeInfo> volumes) {
            return Listings.volumes(volumes);
        }

        @Override
        void line(PrintWriter out, VolumeInfo volume) {
            Texts.volumeLine(out, volume);
        }

        @Override
        void text(PrintWriter out, VolumeInfo volume) {
            Texts.volume(out, volume);
        }
    };

    static final VolumeKind<BlockVolumeInfo> BLOCK_VOLUME = new VolumeKind<>() {
        @Override
        String id(Names names, String text) {
            return names.blockVolume(text);
        }

        @Override
        BlockVolumeInfo get(BricklayerClient client, String id) {
            return client.blockVolume(id);
        }

        @Override
        List<String> ids(BricklayerClient client) {
            return client.blockVolumes();
        }

        @Override
        Object answer(List<String> ids) {
            return new BlockVolumeList(ids);
        }

        @Override
        String plural() {
            return "blockvolumes";
        }

        @Override
        void delete(BricklayerClient client, String id) {
            client.deleteBlockVolume(id);
        }

        @Override
        Table table(List<BlockVolumeInfo> volumes) {
            return Listings.blockVolumes(volumes);
        }

        @Override
        void line(PrintWriter out, BlockVolumeInfo volume) {
            Texts.blockVolumeLine(out, volume);
        }

        @Override
        void text(PrintWriter out, BlockVolumeInfo volume) {
            Texts.blockVolume(out, volume);
        }
    };

    abstract String id(Names names, String text);

    abstract T get(BricklayerClient client, String id);

    abstract List<String> ids(BricklayerClient client);

    /** As the server answers it. */
    abstract Object answer(List<String> ids);

    /** What a list of them is called there. */
    abstract String plural();

    abstract void delete(BricklayerClient client, String id);

    abstract Table table(List<T> volumes);

    abstract void line(PrintWriter out, T volume);

    abstract void text(PrintWriter out, T volume);

    /** A command that ends with showing one. */
    abstract static class Showing<T> extends ClientCommand {

        private final VolumeKind<T> kind;

        @Mixin
        private final Output output = new Output();

        Showing(VolumeKind<T> kind) {
            this.kind = kind;
        }

        final void show(T volume) {
            show(output, volume, () -> kind.text(out(), volume));
        }

        /** What is called so. */
        final String id(BricklayerClient client, String text) {
            return kind.id(names(client), text);
        }
    }

    /** Shows one. */
    abstract static class Info<T> extends Showing<T> {

        private final VolumeKind<T> kind;

        @Parameters(paramLabel = "ID", description = "Its id or name.")
        private String id = "";

        Info(VolumeKind<T> kind) {
            super(kind);
            this.kind = kind;
        }

        @Override
        void run(BricklayerClient client) {
            show(kind.get(client, id(client, id)));
        }
    }

    /** Shows all. */
    abstract static class Listing<T> extends ClientCommand {

        private final VolumeKind<T> kind;

        @Mixin
        private final Output output = new Output();

        Listing(VolumeKind<T> kind) {
            this.kind = kind;
        }

        @Override
        void run(BricklayerClient client) {
            List<String> ids = kind.ids(client);
            Supplier<List<T>> volumes = () -> Present.of(ids, id -> kind.get(client, id));
            list(
                    output,
                    () -> output.wholeObjects(this) ? Tree.object(kind.plural(), volumes.get()) : kind.answer(ids),
                    () -> kind.table(volumes.get()),
                    () -> volumes.get().forEach(volume -> kind.line(out(), volume)));
        }
    }

    /** Deletes one. */
    abstract static class Delete<T> extends ClientCommand {

        private final VolumeKind<T> kind;

        @Parameters(paramLabel = "ID", description = "Its id or name.")
        private String id = "";

        Delete(VolumeKind<T> kind) {
            this.kind = kind;
        }

        @Override
        void run(BricklayerClient client) {
            String volume = kind.id(names(client), id);
            kind.delete(client, volume);
            say("Volume %s deleted", volume);
        }
    }
}
