package org.catalogdrop.input.xlsx;

import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.catalogdrop.input.stream.BlockStream;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Zip;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plural;

/**
 * An XML part of a workbook, read element by element. Elements are matched by their local names, because the strict variant of the format
 * has other namespaces. A document type is refused: workbooks have none, and all attacks by entities need one. Used by one thread.
 */
final class XmlPart implements Closeable {

    /** The JDK's own parser, whichever others a host has. It reads neither document types nor external entities. */
    private static final XMLInputFactory FACTORY = factory();

    private static final int DEEPEST = 100;

    private final String name;
    private final XMLStreamReader xml;
    private final InputStream bytes;
    private int depth;

    private XmlPart(String name, XMLStreamReader xml, InputStream bytes) {
        this.name = name;
        this.xml = xml;
        this.bytes = bytes;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    static XmlPart open(Zip zip, ZipEntry entry, ReadLimits limits) throws IOException {
        InputStream bytes = new ShortTags(zip.read(entry), limits.rowBytes());
        try {
            return new XmlPart(entry.getName(), FACTORY.createXMLStreamReader(bytes), bytes);
        } catch (XMLStreamException e) {
            bytes.close();
            throw failure(entry.getName(), e);
        }
    }

    /** Goes to the next start or end of an element, or to text; returns false at the end of the part. */
    boolean next() throws IOException {
        try {
            if (!xml.hasNext()) {
                return false;
            }
            switch (xml.next()) {
                case XMLStreamConstants.DTD ->
                    throw ReadFaults.badWorkbook(
                            "its part " + name + " has a document type declaration, which workbooks do not have");
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw ReadFaults.badWorkbook(
                        "its part " + name + " nests deeper than " + Plural.of(DEEPEST, "element"));
            }
            return true;
        } catch (XMLStreamException e) {
            throw failure(name, e);
        }
    }

    private static RuntimeException failure(String name, XMLStreamException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DropRefused refused) {
                return refused;
            }
            if (cause instanceof IOException fault && !(cause instanceof CharConversionException)) {
                return ReadFaults.unreadable(fault);
            }
        }
        DropRefused refused = ReadFaults.badWorkbook("its part " + name + " is not well-formed XML"
                + (e.getLocation() == null
                        ? ""
                        : " (line " + e.getLocation().getLineNumber() + ", column "
                                + e.getLocation().getColumnNumber() + ")"));
        refused.initCause(e);
        return refused;
    }

    boolean isStart() {
        return xml.isStartElement();
    }

    boolean isStart(String element) {
        return xml.isStartElement() && xml.getLocalName().equals(element);
    }

    boolean isEnd(String element) {
        return xml.isEndElement() && xml.getLocalName().equals(element);
    }

    boolean isText() {
        return xml.isCharacters();
    }

    /** Returns an attribute by its local name; empty if it is missing. */
    String attribute(String local) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(local)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    /** Returns an attribute that has a namespace. */
    String foreignAttribute(String local) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String namespace = xml.getAttributeNamespace(i);
            if (xml.getAttributeLocalName(i).equals(local) && namespace != null && !namespace.isEmpty()) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    /** Appends the current text. */
    void appendTo(StringBuilder text) {
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Limits the bytes from one tag to the next, because the parser keeps names and values whole. */
    private static final class ShortTags extends BlockStream {

        private final InputStream bytes;
        private final int most;
        private int since;

        ShortTags(InputStream bytes, int most) {
            this.bytes = bytes;
            this.most = most;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = bytes.read(buffer, offset, length);
            for (int i = offset; i < offset + n; i++) {
                since = buffer[i] == '<' ? 0 : since + 1;
                if (since > most) {
                    throw ReadFaults.badWorkbook("a text in it is longer than " + most + " bytes (drop.row-limit)");
                }
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
