package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML of the Bulk API before 2.0, read without entities from outside. */
final class ClassicBulkXml {

    private static final String NAMESPACE = "http://www.force.com/2009/06/asyncapi/dataload";
    private static final String INSTANCE = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

    private ClassicBulkXml() {}

    /** The children of the root element as texts. */
    static Map<String, Object> properties(byte[] xml, String root) {
        Element element = parsed(xml);
        if (!root.equals(element.getLocalName())) {
            throw new ApiException(
                    400, "InvalidXML", "Expected the element " + root + ", not " + element.getLocalName());
        }
        Map<String, Object> properties = ClassicBulkApi.ordered();
        children(element)
                .forEach(child -> properties.put(
                        child.getLocalName(), child.getTextContent().strip()));
        return properties;
    }

    /** The records of {@code <sObjects>}. */
    static List<Map<String, Object>> records(byte[] xml) {
        List<Map<String, Object>> records = new ArrayList<>();
        children(parsed(xml)).forEach(element -> records.add(record(element)));
        return records;
    }

    private static Map<String, Object> record(Element element) {
        Map<String, Object> record = ClassicBulkApi.ordered();
        for (Element field : children(element)) {
            List<Element> parents = children(field);
            if ("true".equals(field.getAttributeNS(INSTANCE, "nil"))) {
                record.put(field.getLocalName(), null);
            } else if (!parents.isEmpty()) {
                record.put(field.getLocalName(), record(parents.get(0)));
            } else {
                record.put(field.getLocalName(), field.getTextContent());
            }
        }
        return record;
    }

    /** Properties as elements; a list repeats its element, null is left out. */
    static String write(String root, Map<String, Object> properties) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><")
                .append(root)
                .append(" xmlns=\"" + NAMESPACE + "\">");
        properties.forEach((name, value) -> element(xml, name, value));
        return xml.append("</").append(root).append('>').toString();
    }

    private static void element(StringBuilder xml, String name, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(one -> element(xml, name, one));
        } else if (value instanceof Map<?, ?> map) {
            xml.append('<').append(name).append('>');
            map.forEach((key, inner) -> element(xml, String.valueOf(key), inner));
            xml.append("</").append(name).append('>');
        } else if (value != null) {
            xml.append('<')
                    .append(name)
                    .append('>')
                    .append(escaped(value))
                    .append("</")
                    .append(name)
                    .append('>');
        }
    }

    static String queryResult(List<ObjectNode> records) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><queryResult xmlns=\"")
                .append(NAMESPACE)
                .append("\" xmlns:xsi=\"")
                .append(INSTANCE)
                .append("\">");
        records.forEach(record -> record(xml, "records", record));
        return xml.append("</queryResult>").toString();
    }

    private static void record(StringBuilder xml, String name, ObjectNode record) {
        xml.append('<').append(name).append(" xsi:type=\"sObject\"><type>");
        xml.append(record.path("attributes").path("type").asText()).append("</type>");
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (field.getKey().equals("attributes")) {
                continue;
            }
            if (field.getValue() instanceof ObjectNode parent) {
                record(xml, field.getKey(), parent);
            } else if (field.getValue().isNull()) {
                xml.append('<').append(field.getKey()).append(" xsi:nil=\"true\"/>");
            } else {
                element(xml, field.getKey(), field.getValue().asText());
            }
        }
        xml.append("</").append(name).append('>');
    }

    private static String escaped(Object value) {
        return value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static Element parsed(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new ApiException(400, "InvalidXML", "Unable to parse the XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser has these features", e);
        }
    }
}
