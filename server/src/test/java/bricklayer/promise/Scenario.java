package bricklayer.promise;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One thing that can be asked of a world.
 *
 * @param name what is done, to what
 * @param start makes the world, each time alike
 * @param deed chosen in the world before it is done; it may be done again, by a later process
 * @param asked whether a caller asks for it, who may send a key; else it comes by itself
 * @param settle what is done in the end, before records and nodes are compared
 */
record Scenario(
        String name,
        Supplier<StorageWorld> start,
        Function<StorageWorld, Deed> deed,
        boolean asked,
        Consumer<StorageWorld> settle) {

    Scenario(String name, Supplier<StorageWorld> start, Function<StorageWorld, Deed> deed) {
        this(name, start, deed, true, world -> {});
    }

    /** A world to copy for each run. What the request names is there from then on. */
    StorageWorld template() {
        StorageWorld world = start.get();
        requireNonNull(deed.apply(world));
        return world.asOfNow();
    }

    @Override
    public String toString() {
        return name;
    }
}
