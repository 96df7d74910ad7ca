package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of the list of volumes. */
final class VolumeListsTest extends Conformance {

    @BeforeAll
    void prepare() {
        topology(1);
        know("closed", newCluster("{}"));
    }

    /** An addition: without these parameters the answer is Heketi's. */
    @Test
    void listedInParts() {
        String one = newVolume("{'size':1,'name':'one'}");
        newVolume("{'size':1,'name':'two'}");
        newVolume("{'size':1,'name':'three'}");
        List<String> all = volumes();
        assertThat(all).hasSize(3).isSorted();

        assertThat(get("/volumes?limit=2").isJson(200).texts("volumes")).isEqualTo(all.subList(0, 2));
        assertThat(get("/volumes?limit=2").header("link"))
                .contains("</volumes?after=" + all.get(1) + "&limit=2>; rel=\"next\"");
        assertThat(get("/volumes?limit=2&after=" + all.get(1)).isJson(200).texts("volumes"))
                .isEqualTo(all.subList(2, 3));
        assertThat(get("/volumes?limit=3").header("link")).isEmpty();
        assertThat(get("/volumes?after=" + all.get(0).substring(0, 20) + "zz")
                        .isJson(200)
                        .texts("volumes"))
                .isEqualTo(all.subList(1, 3));
        assertThat(get("/volumes?after=zz").isJson(200).texts("volumes")).isEmpty();
        assertThat(get("/volumes?name=one").isJson(200).texts("volumes")).containsExactly(one);
        assertThat(get("/volumes?name=nobody").isJson(200).texts("volumes")).isEmpty();
        assertThat(get("/volumes?cluster=" + known("cluster")).isJson(200).texts("volumes"))
                .isEqualTo(all);
        assertThat(get("/volumes?cluster=" + known("closed")).isJson(200).texts("volumes"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "99999999999", "x", "", "1.5", "%31%30%20"})
    void limitOfAListIsANumber(String limit) {
        assertThat(get("/volumes?limit=" + limit).status()).isEqualTo(400);
    }

    @Test
    void listOfAClusterThatIsNotThere() {
        get("/volumes?cluster=" + NOBODY).isText(404, "Cluster id does not exist");
    }
}
