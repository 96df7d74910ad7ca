package bricklayer.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes picocli's classes again in the format of Java 8. They come in that of Java 5, which the JDK's cache of classes refuses, and are a good part of what a
 * short run loads.
 */
public final class ModernClasses {

    private static final String PACKAGE = "picocli/";

    private ModernClasses() {}

    /**
     * Reads one jar and writes another.
     *
     * @param args the jar to read, and the one to write
     */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Path.of(args[1]));
    }

    static void write(Path from, Path to) throws IOException {
        try (JarFile jar = new JarFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file)) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(PACKAGE) && entry.getName().endsWith(".class")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        out.write(modern(in.readAllBytes()));
                    }
                    out.closeEntry();
                }
            }
        }
    }

    /** Each body is built anew, for only then stack maps are made, without which a newer class is not verified. */
    private static byte[] modern(byte[] old) {
        ClassFile format = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(ModernClasses.class.getClassLoader())
                                .orElse(ClassHierarchyResolver.defaultResolver())));
        return format.transformClass(
                format.parse(old),
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen((builder, element) -> {
                            if (element instanceof ClassFileVersion) {
                                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                            } else {
                                builder.with(element);
                            }
                        }));
    }
}
