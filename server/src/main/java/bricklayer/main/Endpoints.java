package bricklayer.main;

import bricklayer.config.ExecutorConfig;
import bricklayer.config.ServerConfig.KubeEndpoints;
import bricklayer.endpoints.EndpointsDuty;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeApi;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Services and endpoints in Kubernetes as they are configured. */
record Endpoints(EndpointsDuty duty, KubeApi api) implements AutoCloseable {

    static Endpoints of(
            KubeEndpoints config, Supplier<Rows> rows, InstantSource clock, Threads threads, RandomGenerator random) {
        KubeApi api = KubeApi.open(access(config.reach(), config.namespace()), clock, random);
        List<String> namespaces = config.namespaces().isEmpty() ? List.of(api.namespace()) : config.namespaces();
        EndpointsDuty duty = new EndpointsDuty(
                api.endpoints(config.prefix()),
                new EndpointsDuty.Settings(config.prefix(), namespaces, config.period()),
                rows,
                clock,
                threads);
        return new Endpoints(duty, api);
    }

    static KubeAccess access(ExecutorConfig.KubeReach reach, Optional<String> namespace) {
        return new KubeAccess(
                reach.kubeconfig(),
                namespace,
                reach.connectTimeout(),
                reach.keepAlive(),
                KubeAccess.Surroundings.of(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    @Override
    public void close() {
        duty.close();
        api.close();
    }
}
