namespace Crm.Host.Storage;

/// <summary>Files as pieces in a table.</summary>
internal sealed class Files(IDatabase database) : IFiles
{
    private const int PieceBytes = 1 << 20;

    public async Task<long> SaveAsync(CompanyRef company, string name, Stream content, long most, CancellationToken ct)
    {
        await DeleteAsync(company, name, ct);
        var buffer = new byte[PieceBytes];
        long size = 0;
        try
        {
            for (var piece = 0L; ; piece++)
            {
                var read = await content.ReadAtLeastAsync(buffer, PieceBytes, throwOnEndOfStream: false, ct);
                size += read;
                if (size > most) break;
                if (read > 0 || piece == 0) await SavePieceAsync(company, name, piece, buffer[..read], ct);
                if (read < PieceBytes) return size;
            }
        }
        catch
        {
            await DeleteAsync(company, name, CancellationToken.None);
            throw;
        }
        await DeleteAsync(company, name, ct);
        return -1;
    }

    public async Task<Stream?> OpenAsync(CompanyRef company, string name, CancellationToken ct)
    {
        var pieces = await database.QueryAsync(company, "select piece, length(bytes) from files where company = @company and name = @name order by piece", [new("name", name)], row => (Piece: row.GetInt64(0), Length: row.GetInt64(1)), ct);
        return pieces.Count == 0 ? null : new PieceStream(database, company, name, pieces);
    }

    public Task SavePieceAsync(CompanyRef company, string name, long piece, byte[] content, CancellationToken ct) =>
        database.ExecuteAsync(company, "insert into files (company, name, piece, bytes) values (@company, @name, @piece, @bytes) on conflict (company, name, piece) do update set bytes = excluded.bytes",
            [new("name", name), new("piece", piece), new("bytes", content)], ct);

    public Task DeleteAsync(CompanyRef company, string name, CancellationToken ct) =>
        database.ExecuteAsync(company, "delete from files where company = @company and name = @name", [new("name", name)], ct);

    /// <summary>Reads one piece at a time.</summary>
    private sealed class PieceStream(IDatabase database, CompanyRef company, string name, List<(long Piece, long Length)> pieces) : Stream
    {
        private byte[] _piece = [];
        private long _pieceStart = -1;
        private int _index = -1;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length { get; } = pieces.Sum(p => p.Length);
        public override long Position { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length) return 0;
            await LoadAsync(cancellationToken);
            var at = (int)(Position - _pieceStart);
            var count = Math.Min(buffer.Length, _piece.Length - at);
            _piece.AsMemory(at, count).CopyTo(buffer);
            Position += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Files are read asynchronously.");

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private async Task LoadAsync(CancellationToken ct)
        {
            if (_index >= 0 && Position >= _pieceStart && Position < _pieceStart + _piece.Length) return;
            long start = 0;
            for (_index = 0; start + pieces[_index].Length <= Position; _index++) start += pieces[_index].Length;
            _pieceStart = start;
            var found = await database.QueryAsync(company, "select bytes from files where company = @company and name = @name and piece = @piece", [new("name", name), new("piece", pieces[_index].Piece)], row => row.GetFieldValue<byte[]>(0), ct);
            _piece = found.Count == 1 ? found[0] : throw new StorageException($"A piece of the file {name} is missing.");
        }
    }
}
