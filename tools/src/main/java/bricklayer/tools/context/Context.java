package bricklayer.tools.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server and who asks it. What is not said is null, empty or false.
 *
 * @param secret the key itself; at most one of this and {@code secretFile} is there
 * @param secretFile absolute path of a file that holds it
 * @param certificates absolute paths of those to trust
 */
public record Context(
        @Nullable String server,
        @Nullable String user,
        @Nullable String secret,
        @Nullable String secretFile,
        @Nullable List<String> certificates,
        boolean insecure) {

    public static final Context NOTHING = new Context(null, null, null, null, List.of(), false);

    public Context {
        certificates = certificates == null ? List.of() : List.copyOf(certificates);
    }

    /** This, where {@code over} says nothing. A key there takes the place of a file here, and the other way round. */
    public Context with(Context over) {
        boolean key = over.secret != null || over.secretFile != null;
        return new Context(
                over.server != null ? over.server : server,
                over.user != null ? over.user : user,
                key ? over.secret : secret,
                key ? over.secretFile : secretFile,
                over.trusted().isEmpty() ? trusted() : over.trusted(),
                over.insecure || insecure);
    }

    /** Whether it is {@link #NOTHING}; the JDK makes {@code equals} of records when it is first called, and takes long for it. */
    public boolean saysNothing() {
        return server == null
                && user == null
                && secret == null
                && secretFile == null
                && trusted().isEmpty()
                && !insecure;
    }

    public List<String> trusted() {
        return certificates == null ? List.of() : certificates;
    }

    /** Where the key is, without the key. */
    public String keyPlace() {
        return secret != null ? "in this file" : Optional.ofNullable(secretFile).orElse("asked for");
    }

    /** As it is written; what is not said is left out. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "server", server);
        put(members, "user", user);
        put(members, "secret", secret);
        put(members, "secretFile", secretFile);
        if (!trusted().isEmpty()) {
            members.put("certificates", trusted());
        }
        if (insecure) {
            members.put("insecure", true);
        }
        return members;
    }

    /** As it may be shown. */
    public Map<String, Object> withoutKey() {
        Map<String, Object> members = members();
        members.remove("secret");
        if (user != null) {
            members.put("key", keyPlace());
        }
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Context" + withoutKey();
    }
}
