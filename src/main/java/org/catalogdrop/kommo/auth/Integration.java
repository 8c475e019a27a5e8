package org.catalogdrop.kommo.auth;

import org.catalogdrop.kommo.Secret;

/**
 * An integration (the vendor's word): the client that asks for tokens.
 *
 * @param id its id, {@code client_id}
 * @param secret its key, {@code client_secret}
 * @param redirectUri the address in its settings, exactly as it is there
 */
public record Integration(String id, Secret secret, String redirectUri) {}
