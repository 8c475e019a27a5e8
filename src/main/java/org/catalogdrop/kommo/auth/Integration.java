package org.catalogdrop.kommo.auth;

import org.catalogdrop.kommo.Secret;

/**
 * What the vendor calls an integration: who asks for tokens.
 *
 * @param id its id, {@code client_id}
 * @param secret its key, {@code client_secret}
 * @param redirectUri the address given in its settings, to the letter
 */
public record Integration(String id, Secret secret, String redirectUri) {}
