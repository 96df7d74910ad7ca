package bricklayer.main;

import bricklayer.config.ServerConfig.KubeEndpoints;
import bricklayer.endpoints.EndpointsDuty;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeApi;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Services and endpoints in Kubernetes as they are configured. */
record Endpoints(EndpointsDuty duty, KubeApi api) implements AutoCloseable {

    static Endpoints of(
            KubeEndpoints config, Supplier<Rows> rows, InstantSource clock, Threads threads, RandomGenerator random) {
        KubeAccess access = new KubeAccess(
                config.reach().kubeconfig(),
                config.namespace(),
                config.reach().connectTimeout(),
                config.reach().keepAlive());
        KubeApi api = KubeApi.open(access, clock, random);
        List<String> namespaces = config.namespaces().isEmpty() ? List.of(api.namespace()) : config.namespaces();
        EndpointsDuty duty = new EndpointsDuty(
                api.endpoints(config.prefix()),
                new EndpointsDuty.Settings(config.prefix(), namespaces, config.period()),
                rows,
                clock,
                threads);
        return new Endpoints(duty, api);
    }

    @Override
    public void close() {
        duty.close();
        api.close();
    }
}
