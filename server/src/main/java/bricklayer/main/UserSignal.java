package bricklayer.main;

import java.lang.reflect.Proxy;

/**
 * SIGUSR2, through {@code sun.misc.Signal}: Java has no other way to hear a signal. By reflection, because the compiler warns of that class and cannot be told not to.
 */
final class UserSignal {

    private UserSignal() {}

    /** Calls back at each {@code kill -USR2}, in a thread of its own. */
    static void onUsr2(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object callback = Proxy.newProxyInstance(
                    UserSignal.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("USR2"), callback);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not let SIGUSR2 be heard", e);
        }
    }
}
