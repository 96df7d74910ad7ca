package bricklayer.store.codec;

import static java.util.stream.Collectors.joining;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks through all that a stored type may hold and refuses what could be written but not read back, when the codec is built rather than when
 * the first such row is written.
 */
final class StoredTypes {

    private static final Set<Class<?>> CONTAINERS =
            Set.of(List.class, Set.class, Collection.class, Map.class, Optional.class);

    private final Predicate<Class<?>> registered;
    private final Set<Class<?>> seen = new HashSet<>();

    /** @param registered whether a class is a base whose kinds have names, or one of these kinds */
    StoredTypes(Predicate<Class<?>> registered) {
        this.registered = registered;
    }

    /** @throws IllegalArgumentException naming the component that cannot be stored */
    void check(Class<?> type) {
        if (!seen.add(type)) {
            return;
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " cannot be stored: it is not a record");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            check(component.getGenericType(), type.getName() + "." + component.getName());
        }
    }

    void checkBase(Class<?> base) {
        if (!base.isSealed()) {
            return;
        }
        String unnamed = Arrays.stream(base.getPermittedSubclasses())
                .filter(kind -> !kind.isSealed() && !registered.test(kind))
                .map(Class::getName)
                .collect(joining(", "));
        if (!unnamed.isEmpty()) {
            throw new IllegalArgumentException(
                    base.getName() + " has kinds without a name: " + unnamed + "; register each with subtype(...)");
        }
        Arrays.stream(base.getPermittedSubclasses()).filter(Class::isSealed).forEach(this::checkBase);
    }

    private void check(Type type, String where) {
        switch (type) {
            case Class<?> plain -> checkClass(plain, where);
            case ParameterizedType generic -> checkGeneric(generic, where);
            case TypeVariable<?> variable -> check(variable.getBounds()[0], where);
            case WildcardType wildcard -> check(wildcard.getUpperBounds()[0], where);
            case GenericArrayType array -> refuse(array, where);
            default -> refuse(type, where);
        }
    }

    private void checkGeneric(ParameterizedType type, String where) {
        Class<?> raw = (Class<?>) type.getRawType();
        if (CONTAINERS.contains(raw)) {
            for (Type argument : type.getActualTypeArguments()) {
                check(argument, where);
            }
        } else {
            checkClass(raw, where);
        }
    }

    private void checkClass(Class<?> type, String where) {
        if (type == Row.class || type == Table.class || registered.test(type)) {
            return;
        }
        if (type.isRecord()) {
            if (Key.class.isAssignableFrom(type)) {
                return;
            }
            check(type);
            return;
        }
        boolean platformValue = type.getName().startsWith("java.")
                && !type.isInterface()
                && !Modifier.isAbstract(type.getModifiers())
                && type != Object.class;
        if (!type.isPrimitive() && !type.isEnum() && !platformValue) {
            refuse(type, where);
        }
    }

    private static void refuse(Type type, String where) {
        throw new IllegalArgumentException(where + " cannot be stored: the codec does not know which kinds of "
                + type.getTypeName() + " there are; register each with subtype(...)");
    }
}
