package org.catalogdrop.journal;

import java.util.Map;

/**
 * A mapping as it was when rows got their meaning by it.
 *
 * @param digest tells it from every other, also from the same file with other names; the caller makes it
 * @param name the file's name
 * @param content the file's bytes
 * @param names what the names in it stood for
 */
public record MappingSnapshot(String digest, String name, byte[] content, Map<String, String> names) {}
