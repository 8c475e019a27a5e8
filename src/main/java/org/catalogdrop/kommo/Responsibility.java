package org.catalogdrop.kommo;

/** Who must act on an answer. {@link ResponseRule} sorts every status and code into these. */
public enum Responsibility {
    /** Nobody yet: the body reports the outcome of each row. */
    READ,
    /** The author of the row: it is rejected. */
    ROW,
    /** The loader: nothing was applied, and the chunk is sent in parts. */
    CHUNK,
    /** The loader, later: nothing was applied, and the chunk is sent again. */
    WAIT,
    /** The loader: the chunk may have been applied, and reading back settles it. */
    LOOK,
    /** The person who provides the access token. */
    TOKEN,
    /** The account's owner, with the vendor or the network: nothing more is sent, and the reason is reported. */
    ACCOUNT,
    /** The authors of this program, or the person who configured it: it talks to something that is not this API, or in a wrong way. */
    US
}
