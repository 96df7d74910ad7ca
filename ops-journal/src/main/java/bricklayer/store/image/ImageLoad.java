package bricklayer.store.image;

import bricklayer.store.Index;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Table;
import bricklayer.store.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Makes an image from all its rows at once. Putting them one after the other would copy a path in each of a table's trees for each row; here the trees are built from
 * what is sorted already, side by side. Used by one thread.
 */
public final class ImageLoad {

    private final Schema schema;
    private final Map<String, Rows<?, ?>> tables = new LinkedHashMap<>();

    public ImageLoad(Schema schema) {
        this.schema = schema;
        schema.tables().forEach(table -> tables.put(table.name(), new Rows<>(table)));
    }

    /**
     * Does to a row whatever {@link #build} will do to it. For any thread.
     *
     * @throws RuntimeException what an index, a total or the key of the row throws
     */
    public static <K extends Key, V extends Row<K>> void check(Table<K, V> table, V row) {
        Transaction.checked(table, row.id().value());
        for (Index<V> index : table.indexes()) {
            Collection<String> _ = index.valuesOf().apply(row);
        }
        for (Total<V> total : table.totals()) {
            String _ = total.groupOf().apply(row);
            long _ = total.amountOf().applyAsLong(row);
        }
    }

    /**
     * Takes a row that was {@link #check checked}.
     *
     * @return false when its key does not come after those that its table has, so that it must be put into the image by itself
     */
    @SuppressWarnings("unchecked") // rows are kept with their own table
    public <K extends Key, V extends Row<K>> boolean add(Table<K, V> table, V row) {
        Rows<K, V> rows = (Rows<K, V>) tables.get(table.name());
        return rows != null && rows.add(row);
    }

    /**
     * The image of what was taken.
     *
     * @throws ArithmeticException when a total overflows
     */
    public Image build(long sequence, ExecutorService workers) throws InterruptedException {
        List<Future<?>> work = new ArrayList<>();
        tables.values().forEach(rows -> rows.work().forEach(part -> work.add(workers.submit(part))));
        for (Future<?> part : work) {
            await(part);
        }
        TreePMap<String, TableImage<?, ?>> images = TreePMap.empty();
        for (Map.Entry<String, Rows<?, ?>> rows : tables.entrySet()) {
            images = images.plus(rows.getKey(), rows.getValue().image());
        }
        return Image.of(schema, sequence, images);
    }

    private static void await(Future<?> part) throws InterruptedException {
        try {
            part.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("building an image failed", e);
            }
        }
    }

    /** One table. Its parts are built by different threads, each of which writes places of its own. */
    private static final class Rows<K extends Key, V extends Row<K>> {

        private final Table<K, V> table;
        private final List<V> rows = new ArrayList<>();
        private final List<TreePMap<String, TreePMap<String, V>>> indexes = new ArrayList<>();
        private final List<TreePMap<String, Long>> totals = new ArrayList<>();
        private TreePMap<String, V> byKey = TreePMap.empty();
        private @Nullable String last;

        Rows(Table<K, V> table) {
            this.table = table;
            table.indexes().forEach(index -> indexes.add(TreePMap.empty()));
            table.totals().forEach(total -> totals.add(TreePMap.empty()));
        }

        boolean add(V row) {
            String key = row.id().value();
            if (last != null && last.compareTo(key) >= 0) {
                return false;
            }
            last = key;
            rows.add(row);
            return true;
        }

        List<Runnable> work() {
            List<Runnable> work = new ArrayList<>();
            if (rows.isEmpty()) {
                return work;
            }
            work.add(() -> byKey = byKey());
            for (int i = 0; i < indexes.size(); i++) {
                int place = i;
                work.add(() -> indexes.set(place, indexed(table.indexes().get(place))));
            }
            for (int i = 0; i < totals.size(); i++) {
                int place = i;
                work.add(() -> totals.set(place, summed(table.totals().get(place))));
            }
            return work;
        }

        TableImage<K, V> image() {
            return new TableImage<>(table, byKey, List.copyOf(indexes), List.copyOf(totals));
        }

        private TreePMap<String, V> byKey() {
            TreeMap<String, V> sorted = new TreeMap<>();
            rows.forEach(row -> sorted.put(row.id().value(), row));
            return TreePMap.fromSortedMap(sorted);
        }

        private TreePMap<String, TreePMap<String, V>> indexed(Index<V> index) {
            List<Place<V>> places = new ArrayList<>();
            for (V row : rows) {
                for (String value : TableImage.distinct(index.valuesOf().apply(row))) {
                    places.add(Place.of(value, row));
                }
            }
            places.sort(BY_VALUE); // stable: the rows of a value stay in the order of their keys
            TreeMap<String, TreePMap<String, V>> sorted = new TreeMap<>();
            int next = 0;
            while (next < places.size()) {
                String value = places.get(next).value();
                TreePMap<String, V> bucket = TreePMap.empty();
                while (next < places.size() && places.get(next).value().equals(value)) {
                    V row = places.get(next).row();
                    bucket = bucket.plus(row.id().value(), row);
                    next++;
                }
                sorted.put(value, bucket);
            }
            return TreePMap.fromSortedMap(sorted);
        }

        private TreePMap<String, Long> summed(Total<V> total) {
            Map<String, Long> sums = new HashMap<>();
            for (V row : rows) {
                sums.merge(total.groupOf().apply(row), total.amountOf().applyAsLong(row), Math::addExact);
            }
            sums.values().removeIf(sum -> sum == 0);
            return TreePMap.fromSortedMap(new TreeMap<>(sums));
        }
    }

    private static final Comparator<Place<?>> BY_VALUE = (one, other) -> one.prefix() == other.prefix()
            ? one.value().compareTo(other.value())
            : Long.compareUnsigned(one.prefix(), other.prefix());

    /**
     * A row under a value of an index.
     *
     * @param prefix ordered as the values are, but for those that begin alike: most comparisons need not look at two texts somewhere in memory
     */
    private record Place<V>(long prefix, String value, V row) {

        private static final int OTHER = 0xFF;

        static <V> Place<V> of(String value, V row) {
            long prefix = 0;
            boolean other = false;
            for (int i = 0; i < Long.BYTES; i++) {
                int letter = other || i >= value.length() ? 0 : Math.min(value.charAt(i), OTHER);
                other |= letter == OTHER; // what comes after one of many characters says nothing about the order
                prefix = (prefix << Byte.SIZE) | letter;
            }
            return new Place<>(prefix, value, row);
        }
    }
}
