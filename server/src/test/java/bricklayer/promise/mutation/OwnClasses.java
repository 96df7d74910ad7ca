package bricklayer.promise.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Loads all classes of the product and of its tests anew, some of them in another form than the one on the class path. Libraries are those that are loaded already. */
final class OwnClasses extends ClassLoader {

    private final Map<String, byte[]> changed;

    /** @param changed by name */
    OwnClasses(Map<String, byte[]> changed) {
        super(OwnClasses.class.getClassLoader());
        this.changed = Map.copyOf(changed);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("bricklayer.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] other = changed.get(name);
        if (other != null) {
            return defineClass(name, other, 0, other.length);
        }
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
