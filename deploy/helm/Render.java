import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;

/** Render CHART NAMESPACE (VALUES OUTPUT)...: what `helm template` prints, by Helm as a library. What Helm refuses is said in OUTPUT.refused. */
class Render {

    public static void main(String[] args) throws Exception {
        Path chart = Path.of(args[0]);
        for (int i = 2; i < args.length; i += 2) {
            Path output = Path.of(args[i + 1]);
            try {
                Files.writeString(
                        output,
                        new Helm(chart)
                                .template()
                                .withName("bricklayer")
                                .withNamespace(args[1])
                                .withValuesFile(Path.of(args[i]))
                                .call());
            } catch (IllegalStateException refused) {
                Files.writeString(Path.of(output + ".refused"), String.valueOf(refused.getMessage()));
            }
        }
    }
}
