package org.catalogdrop.kommo;

/** Who must act on an answer; {@link ResponseRule} sorts every status and code into these. */
public enum Responsibility {
    /** Nobody yet: the body says how each row ended. */
    READ,
    /** Who wrote the row: it is rejected. */
    ROW,
    /** We: the chunk is cut into parts, of which nothing was applied. */
    CHUNK,
    /** We, later: nothing was applied, and it is sent again. */
    WAIT,
    /** We: it may have been applied, and reading back settles it. */
    LOOK,
    /** Who gives us the access token. */
    TOKEN,
    /** The account's owner, with the vendor or the network: nothing more is sent, and it is said why. */
    ACCOUNT,
    /** We who wrote this program, or who set it up: it talks to something that is not this API, or wrongly. */
    US
}
