package bricklayer.kube;

import bricklayer.kube.ExecResult.Cause;
import bricklayer.kube.ExecResult.Ended;
import bricklayer.kube.ExecResult.NotStarted;
import bricklayer.kube.ExecResult.Unknown;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the messages of a command apart: the first byte of each says what it is part of. Written by one thread. */
final class Streams {

    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int STATUS = 3;
    private static final int NONE_YET = -1;
    private static final int STATUS_MAX = 64 * 1024;

    private final OutputStream out;
    private final OutputStream err;
    private final ByteArrayOutputStream status = new ByteArrayOutputStream();
    private int channel = NONE_YET;
    private volatile @Nullable ExecResult result;

    Streams(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    void part(boolean first, boolean last, byte[] bytes, int length) throws IOException {
        int from = 0;
        if (first) {
            channel = NONE_YET;
        }
        if (channel == NONE_YET && length > 0) {
            channel = bytes[0] & 0xff;
            from = 1;
        }
        switch (channel) {
            case OUT -> out.write(bytes, from, length - from);
            case ERR -> err.write(bytes, from, length - from);
            case STATUS -> status.write(bytes, from, Math.min(length - from, STATUS_MAX - status.size()));
            default -> {
                // a signal about streams that are not used
            }
        }
        if (last && channel == STATUS && status.size() > 0) {
            result = meaning(status.toString(StandardCharsets.UTF_8));
        }
    }

    /** How the command ended; empty as long as that was not said. */
    Optional<ExecResult> result() {
        return Optional.ofNullable(result);
    }

    private static ExecResult meaning(String text) {
        Status status;
        try {
            status = Serialization.unmarshal(text, Status.class);
        } catch (RuntimeException e) {
            return new Unknown("how the command ended was told in words that nobody understands: " + text);
        }
        if ("Success".equals(status.getStatus())) {
            return new Ended(0);
        }
        Optional<Integer> code = status.getDetails() == null
                ? Optional.empty()
                : status.getDetails().getCauses().stream()
                        .filter(cause -> "ExitCode".equals(cause.getReason()))
                        .map(cause -> String.valueOf(cause.getMessage()))
                        .filter(message -> message.matches("\\d{1,5}"))
                        .map(Integer::valueOf)
                        .findFirst();
        if ("NonZeroExitCode".equals(status.getReason()) && code.isPresent()) {
            return new Ended(code.get());
        }
        String why = String.valueOf(status.getMessage());
        return Refusals.beforeTheStart(why)
                ? new NotStarted(Cause.POD, why)
                : new Unknown("the container's runtime said: " + why);
    }
}
