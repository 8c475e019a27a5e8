package org.catalogdrop.journal.handover;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.catalogdrop.journal.store.Sql;

/** The bytes of files, in pieces that fit into memory. Stateless. */
final class Pieces {

    static final int SIZE = 1 << 20;

    static final String INSERT =
            "insert into handed_pieces (file_id, of_results, name, number, content) values (?, ?, ?, ?, ?)";

    private static final String PIECE =
            "select content from handed_pieces where file_id = ? and of_results = ? and name = ? and number = ?";

    /** Reads pieces, as long as there are some. */
    interface Reading {
        List<byte[]> read(Sql.Work<List<byte[]>> work) throws SQLException;
    }

    /** Takes a piece. */
    interface Taking {
        void take(int number, byte[] piece) throws IOException, SQLException;
    }

    private Pieces() {}

    /** Cuts a stream into pieces; an empty one is one empty piece. */
    static void cut(InputStream content, Taking taking) throws IOException, SQLException {
        int number = 0;
        byte[] piece = content.readNBytes(SIZE);
        do {
            taking.take(number, piece);
            number++;
            piece = content.readNBytes(SIZE);
        } while (piece.length > 0);
    }

    /** Writes the pieces of a file to a new file. */
    static void join(Reading reading, String id, boolean ofResults, String name, Path to)
            throws IOException, SQLException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int number = 0; ; number++) {
                int next = number;
                List<byte[]> piece =
                        reading.read(sql -> sql.list(PIECE, result -> result.getBytes(1), id, ofResults, name, next));
                if (piece.isEmpty()) {
                    return;
                }
                out.write(piece.get(0));
            }
        }
    }
}
