package bricklayer.http.description;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records of which no component is empty, so that all of them are written. */
final class Filled {

    /** What is in the open end of a record that has one. */
    static final Map<String, Object> MORE = Map.of("more of it", "x");

    private Filled() {}

    static Object of(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components)
                .map(component -> value(component.getGenericType()))
                .toArray();
        try {
            return record.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + record, e);
        }
    }

    private static Object value(Type type) {
        if (type == String.class) {
            return "x";
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 7;
        }
        if (type == long.class) {
            return 7L;
        }
        if (type == float.class) {
            return 1.5f;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return List.of(value(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return generic.getActualTypeArguments()[1] == Object.class ? MORE : Map.of("x", "x");
        }
        return of((Class<?>) type);
    }
}
