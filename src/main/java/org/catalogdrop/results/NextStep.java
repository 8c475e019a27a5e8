package org.catalogdrop.results;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/**
 * Returns the command that helps with a problem. The messages of the library name no commands, because a host has none; the command line
 * shows this text after them. Each loader has an instance, which names commands only after {@link #nameCommands}. Safe for many threads.
 */
public final class NextStep {

    /** Characters that shells take literally, also between double quotes. */
    private static final Pattern COPIED = Pattern.compile("[^\\p{Cntrl}\"$`!%']*");

    private static final Pattern ONE_WORD = Pattern.compile("[\\p{Alnum}_./\\\\:+=@,-]*");

    private static final Pattern COMMAND = Pattern.compile("'(catalog-drop [^']+)'");

    private volatile boolean commands;
    private volatile Optional<String> account = Optional.empty();

    /** Lets messages name commands from now on. */
    public void nameCommands() {
        commands = true;
    }

    /** Lets messages name commands for one of several accounts. */
    public void nameCommands(String one) {
        account = Optional.of(one);
        nameCommands();
    }

    /** Returns a text in which each command that it names is for this account. */
    public static String forAccount(String text, String account) {
        return COMMAND.matcher(text)
                .replaceAll(command -> Matcher.quoteReplacement("'" + command.group(1) + " -a " + account + "'"));
    }

    private String named(String text) {
        return commands ? account.map(one -> forAccount(text, one)).orElse(text) : "";
    }

    /** Returns a sentence with a space before it, without a file; empty if no command helps, or commands are not named. */
    public String after(Code code) {
        return named(of(code));
    }

    /** Returns the same for a file. */
    public String after(Code code, Path file) {
        return named(of(code, file));
    }

    /** Returns what to do with rows that were not accepted; empty if all were, or commands are not named. */
    public String after(Summary summary, Path file) {
        return named(of(summary, file));
    }

    /** Returns a sentence with a space before it; empty if no command helps. */
    public static String of(Code code) {
        return of(code, "FILE");
    }

    /** Returns the same for a file that is known. */
    public static String of(Code code, Path file) {
        return of(code, word(file));
    }

    private static String of(Code code, String file) {
        return switch (code) {
            case NO_HEADER ->
                " If no mapping file is for drops of this name, 'catalog-drop mapping init " + file
                        + "' writes a first one.";
            case COLUMN_MISSING -> " 'catalog-drop mapping check " + file + "' tries the corrected mapping.";
            case QUOTE ->
                " If the file has \\\" for a quote inside of a cell, as MySQL writes it, and no mapping file, 'catalog-drop mapping init "
                        + file + "' writes one that says so.";
            case MALFORMED_JSON ->
                " If its rows are inside of an object, and no mapping file is for drops of this name, 'catalog-drop mapping init "
                        + file + "' writes one that says where they are.";
            case BAD_MAPPING -> " 'catalog-drop mapping check' shows whether it is right.";
            case DRIFT -> " 'catalog-drop mapping accept MAPPING' accepts the change.";
            case TOO_MANY_REJECTS -> " 'catalog-drop plan " + file + " --output FOLDER' shows all of them.";
            case TOO_MANY_MISSING ->
                " If someone has deleted elements in the account, 'catalog-drop keys sync' finds that out.";
            case ALREADY_LOADED -> " 'catalog-drop load --again " + file + "' loads this drop alone again.";
            case NOT_AS_BEGUN ->
                " If the drop cannot be resumed, 'catalog-drop forget DROP --applied-too' abandons it.";
            case UNAUTHORIZED -> " With kommo.client-id, 'catalog-drop login' gets a new pair of tokens.";
            default -> "";
        };
    }

    /** Returns a word of a command that can be copied; a placeholder if shells need different quotes for it. */
    private static String word(Path file) {
        String text = file.toString();
        if (!COPIED.matcher(text).matches()) {
            return "FILE";
        }
        return ONE_WORD.matcher(text).matches() ? text : '"' + text + '"';
    }

    /**
     * Returns how a drop can be abandoned, a sentence with a space before it.
     *
     * @param applied whether rows of it were or may have been applied
     */
    public static String forget(String digest8, boolean applied) {
        return " If it cannot be resumed, 'catalog-drop forget " + digest8 + (applied ? " --applied-too" : "")
                + "' abandons it.";
    }

    /**
     * Returns what to do with rows that were not accepted, in sentences with a space before each; empty if all were accepted.
     *
     * @param file where the drop is now
     */
    public static String of(Summary summary, Path file) {
        String rejects = summary.count(Status.REJECTED) > 0 && !summary.folder().isEmpty()
                ? ". Fix the rows of the rejects file there and drop that file, not the whole drop"
                : "";
        long doubtful = summary.count(Status.IN_DOUBT);
        String doubts = doubtful > 0
                ? ". " + Plural.of(doubtful, "row is", "rows are")
                        + " in doubt: results.csv says what to look at in the account. Then"
                        + settle(Optional.of(file.toString()))
                : "";
        return rejects + doubts;
    }

    /**
     * Returns how to look up rows in doubt again, with a space before it.
     *
     * @param file where the drop is, if that is known
     */
    public static String settle(Optional<String> file) {
        return " 'catalog-drop load --settle "
                + file.map(Path::of).map(NextStep::word).orElse("FILE") + "' looks them up again";
    }
}
