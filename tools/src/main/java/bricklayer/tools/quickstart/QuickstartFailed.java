package bricklayer.tools.quickstart;

import org.jspecify.annotations.Nullable;

/** The quickstart cannot go on. The message says why and what to do; what was made so far stays and the next run carries on with it. */
public class QuickstartFailed extends RuntimeException {

    QuickstartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
