package bricklayer.promise;

import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the compiled code of the product says of itself: which kinds of operations there are, and which classes are stored as parts of plans. */
final class CodeFacts {

    /** Calls that give an operation its kind, as text right before the call. */
    private static final Set<String> NAMING = Set.of(
            Plan.class.getName() + ".of(Ljava/lang/String;)",
            PlanBuilder.class.getName() + ".tail(Ljava/lang/String;)",
            "bricklayer.operation.OperationJournal.beginByHand("
                    + "Lbricklayer/operation/OperationId;Lbricklayer/operation/Request;Ljava/lang/String;)");

    private final JavaClasses classes;

    private CodeFacts(JavaClasses classes) {
        this.classes = classes;
    }

    /** Of all modules on the class path, without their tests. */
    static CodeFacts ofTheProduct() {
        return new CodeFacts(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("bricklayer"));
    }

    /** Kinds of operations, each with a place that names it. What names one in another way than by a constant is under the text of {@link #NOT_A_CONSTANT}. */
    Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        for (JavaClass type : classes) {
            type.getSource().ifPresent(source -> {
                try (InputStream bytes = source.getUri().toURL().openStream()) {
                    for (MethodModel method :
                            ClassFile.of().parse(bytes.readAllBytes()).methods()) {
                        kinds(type, method, kinds);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return kinds;
    }

    static final String NOT_A_CONSTANT = "not a constant in ";

    private static void kinds(JavaClass type, MethodModel method, Map<String, String> kinds) {
        String where = type.getName() + "." + method.methodName().stringValue();
        method.code().ifPresent(code -> {
            String constant = null;
            for (CodeElement element : code) {
                if (element instanceof InvokeInstruction call && NAMING.contains(signature(call))) {
                    kinds.put(constant == null ? NOT_A_CONSTANT + where : constant, where);
                }
                if (element instanceof Instruction) {
                    constant = element instanceof ConstantInstruction loaded
                                    && loaded.constantValue() instanceof String text
                            ? text
                            : null;
                }
            }
        });
    }

    private static String signature(InvokeInstruction call) {
        String parameters = call.type().stringValue();
        return call.owner().asInternalName().replace('/', '.') + "."
                + call.name().stringValue() + parameters.substring(0, parameters.indexOf(')') + 1);
    }

    /** Classes of which plans may hold instances. */
    Set<String> concrete(Class<?> base) {
        return classes.stream()
                .filter(type -> type.isAssignableTo(base)
                        && !type.isInterface()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
