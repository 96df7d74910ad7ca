package bricklayer.gluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class CliXmlTest {

    private final List<XmlElement> given = new ArrayList<>();

    @Test
    void givesTheElementsOfAListAwayAndKeepsTheRest() throws XMLStreamException {
        XmlElement root = read(
                "<r><opRet>0</opRet><l><v><n>a</n><v>inner</v></v><count>2</count><v><n>b</n></v></l><v>other</v></r>",
                "l",
                "v");

        assertThat(given).extracting(volume -> CliOutput.text(volume, "n")).containsExactly("a", "b");
        assertThat(CliOutput.text(given.getFirst(), "v")).isEqualTo("inner");
        assertThat(CliOutput.text(root, "opRet")).isEqualTo("0");
        assertThat(CliOutput.text(root, "v")).isEqualTo("other");
        assertThat(CliOutput.child(root, "l").orElseThrow().children())
                .extracting(XmlElement::name)
                .containsExactly("count");
    }

    @Test
    void keepsBlanksWithinATextAndNoneAroundIt() throws XMLStreamException {
        XmlElement root = read("<r>\n  <v a=\"1\"> x &lt;y&gt; &amp; z\u00e9 \n</v><w><![CDATA[ <q> ]]></w></r>");

        assertThat(CliOutput.text(root, "v")).isEqualTo("x <y> & z\u00e9");
        assertThat(CliOutput.text(root, "w")).isEqualTo("<q>");
        assertThat(root.children().getFirst().attribute("a")).isEqualTo("1");
        assertThat(root.children().getFirst().attribute("b")).isEmpty();
    }

    @Test
    void refusesWhatIsNotOneWholeDocument() {
        for (String text : List.of(
                "",
                "words",
                "<r>",
                "<r></s>",
                "<r/><r/>",
                "<r/>words",
                "<r>&unknown;</r>",
                "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>",
                "<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>")) {
            assertThatExceptionOfType(XMLStreamException.class).as(text).isThrownBy(() -> read(text));
        }
    }

    private XmlElement read(String text, String... path) throws XMLStreamException {
        return CliXml.read(text, List.of(path), given::add);
    }
}
