package bricklayer.reconcile;

import bricklayer.host.Command;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.Step;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which operation explains a disagreement: one that has not ended and changes a row that the finding is about, or one whose commands name the thing. An abandoned one explains what it may have left;
 * that it did is a finding of its own.
 */
final class Explanations {

    private static final Pattern SEPARATOR = Pattern.compile("[\\s/,:='\"]+");

    private final Rows rows;
    private final Map<String, String> named = new HashMap<>();

    Explanations(Rows rows, List<Operation> abandoned) {
        this.rows = rows;
        Stream.concat(Operation.open(rows).stream(), abandoned.stream())
                .forEach(operation -> operation
                        .plan()
                        .ifPresent(plan -> words(plan)
                                .forEach(word ->
                                        named.putIfAbsent(word, operation.id().value()))));
    }

    private static Set<String> words(Plan plan) {
        Set<String> words = new HashSet<>();
        plan.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .flatMap(Explanations::commands)
                .flatMap(command -> command.argv().stream())
                .flatMap(SEPARATOR::splitAsStream)
                .forEach(words::add);
        return words;
    }

    private static Stream<Command> commands(Step step) {
        return Stream.concat(step.apply().stream(), step.undo().stream());
    }

    Optional<String> of(Finding finding) {
        return holder(finding, Fact.BRICK, Brick.TABLE, BrickId::new)
                .or(() -> holder(finding, Fact.VOLUME, Volume.TABLE, VolumeId::new))
                .or(() -> holder(finding, Fact.DEVICE, Device.TABLE, DeviceId::new))
                .or(() -> holder(finding, Fact.BLOCK_VOLUME, BlockVolume.TABLE, BlockVolumeId::new))
                .or(() -> word(finding));
    }

    private <K extends Key, V extends Row<K>> Optional<String> holder(
            Finding finding, Fact fact, Table<K, V> table, java.util.function.Function<String, K> key) {
        return finding.fact(fact)
                .flatMap(id -> Operation.holding(rows, table, key.apply(id)))
                .filter(operation -> !operation.kind().startsWith("repair-")
                        || operation.state().open())
                .map(operation -> operation.id().value());
    }

    /** Of things that no row stands for. */
    private Optional<String> word(Finding finding) {
        boolean nameless = switch (finding.kind()) {
            case VOLUME_ORPHAN,
                    LV_ORPHAN,
                    POOL_ORPHAN,
                    FOLDER_ORPHAN,
                    FSTAB_ORPHAN,
                    MOUNT_ORPHAN,
                    SNAPSHOT_LEFT_OVER,
                    PEER_UNKNOWN,
                    PEER_MISSING,
                    GROUP_ORPHAN,
                    BLOCK_ORPHAN -> true;
            default -> false;
        };
        if (!nameless) {
            return Optional.empty();
        }
        String[] parts = SEPARATOR.split(finding.object(), -1);
        return Optional.ofNullable(named.get(parts[parts.length - 1]));
    }
}
