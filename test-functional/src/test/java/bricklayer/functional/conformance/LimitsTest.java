package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits that the configuration sets. */
final class LimitsTest extends Conformance {

    @Override
    String glusterfs() {
        return ",'max_volumes_per_cluster':2,'max_bricks_per_volume':6,'brick_min_size_gb':4,'brick_max_size_gb':8,"
                + "'pre_request_volume_options':'performance.io-cache off,nfs.disable on','post_request_volume_options':'features.shard on'";
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @AfterEach
    void tidy() {
        deleteVolumes();
    }

    @Test
    void volumesOfACluster() {
        newVolume("{'size':4}");
        newVolume("{'size':4}");
        post("/volumes", "{'size':4}")
                .isText(500, "Failed to allocate new volume: Cluster has 2 volumes and limit is 2");
    }

    @Test
    void smallestVolume() {
        post("/volumes", "{'size':3}")
                .isText(
                        400,
                        "Requested volume size (3 GB) is smaller than the minimum supported volume size (4194304)");
        post("/volumes", "{'size':7,'durability':{'type':'disperse','disperse':{'data':2,'redundancy':1}}}")
                .isText(
                        400,
                        "Requested volume size (7 GB) is smaller than the minimum supported volume size (8388608)");
    }

    /** When a volume is made it is all the same; when one grows, the reason is told. */
    @Test
    void bricksOfAVolume() {
        post("/volumes", "{'size':30,'durability':{'type':'replicate','replicate':{'replica':3}}}")
                .isText(500, "Failed to allocate new volume: No space");
        String id = newVolume("{'size':8,'durability':{'type':'replicate','replicate':{'replica':3}}}");
        post("/volumes/" + id + "/expand", "{'expand_size':20}")
                .isText(500, "Failed to allocate volume expansion: Maximum number of bricks reached.");
        post("/volumes/" + id + "/expand", "{'expand_size':2}")
                .isText(500, "Failed to allocate volume expansion: Minimum brick size limit reached.  Out of space.");
        made(post("/volumes/" + id + "/expand", "{'expand_size':8}"), "volumes");
        post("/volumes/" + id + "/expand", "{'expand_size':4}")
                .isText(500, "Failed to allocate volume expansion: Maximum number of bricks reached.");
        assertThat(get("/volumes/" + id).number("size")).isEqualTo(16);
    }

    @Test
    void optionsOfTheServerSurroundThoseOfTheRequest() {
        String id = newVolume("{'size':4,'glustervolumeoptions':['auth.allow 10.0.0.*']}");
        assertThat(get("/volumes/" + id).body())
                .contains(
                        json(
                                "'glustervolumeoptions':['performance.io-cache off','nfs.disable on','auth.allow 10.0.0.*','features.shard on']"));
    }
}
