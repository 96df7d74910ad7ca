package bricklayer.kube;

import bricklayer.kube.ExecResult.Cause;
import bricklayer.kube.ExecResult.NotStarted;
import bricklayer.kube.ExecResult.Unknown;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;

/**
 * What it means that the API server did not let a command through. What says "no" before anything is passed on to the node is certain. A server error is
 * not: the answer of the node may have been lost behind it, so unless the words say that the node was not reached, nobody knows.
 */
final class Refusals {

    /** Of the API server, and of the kubelet as it looks for the container. They come before the runtime is asked. */
    private static final List<String> BEFORE_THE_START = List.of(
            "error dialing backend",
            "unable to upgrade connection: container not found",
            "unable to upgrade connection: pod does not exist",
            "container not found (",
            "pod does not exist");

    private static final int FORBIDDEN = 403;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private Refusals() {}

    /** What to do about a request that was not allowed; empty for other failures. */
    static String advice(Throwable failure, String rule) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refused && refused.getCode() == FORBIDDEN) {
                return "; the role needs " + rule;
            }
        }
        return "";
    }

    static boolean beforeTheStart(String message) {
        return BEFORE_THE_START.stream().anyMatch(message::contains);
    }

    static ExecResult meaning(WebSocket.Refusal refusal, ContainerCommands.Target target) {
        String said = said(refusal);
        String where = "pods/exec of " + target.namespace() + "/" + target.pod();
        Duration pause = refusal.retryAfter().orElse(Duration.ZERO);
        return switch (refusal.status()) {
            case 401 ->
                new NotStarted(
                        Cause.FORBIDDEN,
                        "the API server does not take the credentials (401" + said
                                + "); look at the service account or the kubeconfig");
            case 403 ->
                new NotStarted(
                        Cause.FORBIDDEN,
                        "the API server does not allow " + where + " (403" + said
                                + "); the role needs the verbs create and get for pods/exec");
            case 404 -> new NotStarted(Cause.POD, "the pod " + target.pod() + " is gone (404" + said + ")");
            case TOO_MANY -> new NotStarted(Cause.BUSY, "the API server has too much to do (429" + said + ")", pause);
            case TIMEOUT -> new Unknown("the API server gave up " + where + " (408" + said + ")");
            default -> {
                if (refusal.status() < 500) {
                    yield new NotStarted(
                            Cause.POD, "the API server refuses " + where + " (" + refusal.status() + said + ")");
                }
                if (refusal.status() == UNAVAILABLE && isStatus(refusal) && !beforeTheStart(said)) {
                    yield new NotStarted(Cause.API_SERVER, "the API server does not serve (503" + said + ")", pause);
                }
                yield beforeTheStart(said)
                        ? new NotStarted(
                                Cause.POD, "the node of " + where + " is not reached (" + refusal.status() + said + ")")
                        : new Unknown("the API server failed with " + where + " (" + refusal.status() + said + ")");
            }
        };
    }

    /** Whether the answer is the API server's own, and not of something before it. */
    private static boolean isStatus(WebSocket.Refusal refusal) {
        return refusal.body().contains("\"Status\"");
    }

    private static String said(WebSocket.Refusal refusal) {
        String text = refusal.body().strip();
        try {
            if (isStatus(refusal)) {
                text = String.valueOf(
                        Serialization.unmarshal(text, Status.class).getMessage());
            }
        } catch (RuntimeException e) {
            // then in its own words
        }
        String line = text.replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), 500));
    }
}
