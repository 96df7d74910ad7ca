package bricklayer.http.description;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.WireJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The description is sound, and says of the records what the records themselves do. */
class DescriptionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> KEYWORDS = Set.of(
            "description",
            "minimum",
            "maximum",
            "enum",
            "default",
            "pattern",
            "minItems",
            "maxItems",
            "maxProperties",
            "examples");

    private final List<Area> areas = Area.all();
    private final JsonNode document =
            JSON.readTree(WireJson.write(OpenApi.of(Preface.read(), areas)).getBytes(StandardCharsets.UTF_8));

    DescriptionTest() throws IOException {}

    @Test
    void isOpenApi31() throws IOException {
        try (InputStream text = DescriptionTest.class.getResourceAsStream("/openapi/meta-schema-3.1.json")) {
            Schema metaSchema = REGISTRY.getSchema(JSON.readTree(text));
            assertThat(metaSchema.validate(document)).isEmpty();
            ((ObjectNode) document.at("/paths/~1hello/get")).put("operationId", 7);
            assertThat(metaSchema.validate(document))
                    .as("the validator sees what is wrong")
                    .isNotEmpty();
        }
    }

    @Test
    void itsSchemasAreJsonSchemas() {
        Schema metaSchema = REGISTRY.getSchema(
                SchemaLocation.of(Objects.requireNonNull(SpecificationVersion.DRAFT_2020_12.getDialectId())));
        document.at("/components/schemas")
                .forEach(schema ->
                        assertThat(metaSchema.validate(schema)).as("%s", schema).isEmpty());
    }

    @Test
    void operationIdsAreUnique() {
        assertThat(document.findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(44);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String ref : document.findValuesAsText("$ref")) {
            assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
        }
    }

    @Test
    void theFilesHoldNothingThatIsNotRead() throws IOException {
        for (String source : Area.sources().toList()) {
            JsonNode area = JSON.readTree(source);
            knownKeys(area, Area.class);
            area.get("operations").forEach(operation -> {
                knownKeys(operation, Area.Operation.class);
                operation.path("answers").forEach(answer -> knownKeys(answer, Area.Answer.class));
                knownKeys(operation.path("job"), Area.Job.class);
            });
            area.get("schemas").forEach(notes -> knownKeys(notes, Area.Notes.class));
        }
        knownKeys(JSON.readTree(Area.source("api")), Preface.class);
    }

    private static void knownKeys(JsonNode object, Class<?> record) {
        assertThat(Stream.of(record.getRecordComponents()).map(RecordComponent::getName))
                .containsAll(object::fieldNames);
    }

    @Test
    void schemasHaveTheMembersThatTheRecordsWriteAndRead() throws IOException {
        int records = 0;
        for (String name : names("/components/schemas")) {
            if (!wholes().contains(name)) {
                Object filled = Filled.of(Schemas.record(name));
                String written = WireJson.write(filled);
                Set<String> members = new TreeSet<>();
                JSON.readTree(written).fieldNames().forEachRemaining(members::add);
                if (name.equals("Problem")) {
                    members.removeAll(Filled.MORE.keySet());
                }
                assertThat(names("/components/schemas/" + name + "/properties"))
                        .as(name)
                        .isEqualTo(members);
                assertThat((Object) WireJson.read(written, filled.getClass())).isEqualTo(filled);
                records++;
            }
        }
        assertThat(records).isGreaterThan(30);
    }

    @Test
    void membersOfAnswersThatAreAlwaysWrittenAreRequired() {
        assertThat(strings("/components/schemas/DeviceInfo/required"))
                .containsExactly("name", "storage", "id", "state", "bricks");
        assertThat(strings("/components/schemas/VolumeCreateRequest/required")).containsExactly("size");
    }

    @Test
    void everyMemberIsExplainedAndNoOther() {
        for (Area area : areas) {
            area.schemas().forEach((name, notes) -> {
                assertThat(names("/components/schemas")).contains(name);
                if (notes.whole().isEmpty()) {
                    assertThat(names("/components/schemas/" + name + "/properties"))
                            .as(name)
                            .containsAll(notes.members().keySet())
                            .containsAll(notes.required());
                }
                notes.members()
                        .values()
                        .forEach(keywords -> assertThat(KEYWORDS).containsAll(keywords.keySet()));
            });
        }
        for (String name : names("/components/schemas")) {
            document.at("/components/schemas/" + name + "/properties")
                    .properties()
                    .forEach(member -> assertThat(member.getValue().has("description")
                                    || member.getValue().has("$ref"))
                            .as("%s.%s has a description", name, member.getKey())
                            .isTrue());
        }
    }

    @Test
    void examplesOfAnswersAreWhatTheServerWouldWrite() throws IOException {
        int examples = 0;
        for (Area.Operation operation : operations()) {
            for (Area.Answer answer : operation.answers().values()) {
                if (!answer.schema().isEmpty() && answer.example() != null) {
                    fits(answer.schema(), answer.example());
                    if (!wholes().contains(answer.schema())) {
                        String text = WireJson.write(answer.example());
                        assertThat(WireJson.write(WireJson.read(text, Schemas.record(answer.schema()))))
                                .isEqualTo(text);
                    }
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(10);
    }

    @Test
    void examplesOfRequestsAreReadWhole() throws IOException {
        for (Area.Operation operation : operations()) {
            if (!operation.body().isEmpty()) {
                Object example = Objects.requireNonNull(operation.example(), operation.id());
                fits(operation.body(), example);
                if (operation.body().equals("Dump")) {
                    continue; // described whole: no record of that name
                }
                String text = WireJson.write(example);
                JsonNode read = JSON.readTree(WireJson.write(WireJson.read(text, Schemas.record(operation.body()))));
                keeps(read, JSON.readTree(text));
            }
        }
    }

    /** What is left out of the other is empty, zero or false. */
    private static void keeps(JsonNode kept, JsonNode sent) {
        sent.properties().forEach(member -> {
            JsonNode value = kept.path(member.getKey());
            if (member.getValue().isObject()) {
                keeps(value, member.getValue());
            } else if (!(value.isMissingNode() && !member.getValue().asBoolean())) {
                assertThat(value).as(member.getKey()).isEqualTo(member.getValue());
            }
        });
    }

    private void fits(String schema, Object example) throws IOException {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$ref", Schemas.REF + schema);
        whole.set("components", document.get("components"));
        assertThat(REGISTRY.getSchema(whole).validate(JSON.readTree(WireJson.write(example))))
                .as("example of %s", schema)
                .isEmpty();
    }

    @Test
    void thePageIsSoundLoadsNothingAndHasAnAnchorForEachOperation() throws Exception {
        String page = Page.of(Preface.read(), areas);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        List<Element> elements = elements(root);
        Set<String> anchors = new HashSet<>();
        for (Element element : elements) {
            assertThat(element.hasAttribute("src")).isFalse();
            if (element.hasAttribute("id")) {
                assertThat(anchors.add(element.getAttribute("id")))
                        .as("%s is there once", element.getAttribute("id"))
                        .isTrue();
            }
        }
        assertThat(elements.stream().map(Element::getTagName)).doesNotContain("script", "link", "img", "iframe");
        assertThat(anchors).containsAll(document.findValuesAsText("operationId"));
        List<String> links = elements.stream()
                .filter(element -> element.getTagName().equals("a"))
                .map(element -> element.getAttribute("href"))
                .toList();
        assertThat(links.stream().filter(link -> !link.equals("/openapi.json")).map(link -> link.substring(1)))
                .isSubsetOf(anchors);
        assertThat(root.getTextContent())
                .contains("/volumes/{id}/expand", "Unknown durability type")
                .doesNotContain("`");
    }

    private static List<Element> elements(Element root) {
        NodeList all = root.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private List<Area.Operation> operations() {
        return areas.stream()
                .flatMap(area -> area.operations().values().stream())
                .toList();
    }

    /** Schemas that are written by hand as a whole. */
    private Set<String> wholes() {
        return areas.stream()
                .flatMap(area -> area.schemas().entrySet().stream())
                .filter(notes -> !notes.getValue().whole().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Set<String> names(String pointer) {
        Set<String> names = new TreeSet<>();
        document.at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<String> strings(String pointer) {
        return StreamSupport.stream(document.at(pointer).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
