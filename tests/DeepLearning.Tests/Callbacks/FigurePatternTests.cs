namespace DeepLearning.Tests.Callbacks;

/// <summary>Names of files: two epochs must never be written alike, and what another language would write is refused with its spelling here.</summary>
public sealed class FigurePatternTests
{
    [Theory]
    [InlineData("{epoch:02d}", "{epoch:00}")]
    [InlineData("{epoch:3d}", "{epoch:000}")]
    [InlineData("{epoch:03}", "{epoch:000}")]
    [InlineData("{epoch:4}", "{epoch:0000}")]
    [InlineData("{epoch:>5}", "{epoch:00000}")]
    [InlineData("{epoch:n2x}", "{epoch:000}")]
    [InlineData("{epoch:Q}", "{epoch:000}")]
    [InlineData("{val_loss:.2f}", "{val_loss:F2}")]
    [InlineData("{val_loss:.4}", "{val_loss:F4}")]
    [InlineData("{val_loss:8.3f}", "{val_loss:F3}")]
    [InlineData("{val_loss:.3e}", "{val_loss:E3}")]
    [InlineData("{val_loss:.5g}", "{val_loss:G5}")]
    [InlineData("{val_loss:.1%}", "{val_loss:P1}")]
    [InlineData("{val_loss:D3}", "{val_loss:F3}")]
    [InlineData("{val_loss:X}", "{val_loss:F4}")]
    [InlineData("{val_loss:F999999999}", "{val_loss:F4}")]
    public void Line07_a_format_that_NET_does_not_have_is_refused_with_the_right_spelling(string place, string instead)
        => Refused(place).WithMessage($"*a-{place}.st cannot write *not a .NET format for it: write {instead}*");

    [Theory]
    [InlineData("{epoch:'x'}")]
    [InlineData("{epoch:\"epoch\"}")]
    [InlineData("{epoch:0,}")]
    [InlineData("{epoch:0E0}")]
    [InlineData("{epoch:E2}")]
    [InlineData("{epoch:E}")]
    [InlineData("{epoch:G2}")]
    [InlineData("{val_loss:'loss'}")]
    [InlineData("{val_loss:0,}")]
    [InlineData("{val_loss:0.0;0.0}")]
    [InlineData("{val_loss:\\0}")]
    public void Line07_a_format_that_writes_different_numbers_alike_is_refused(string place)
        => Refused(place).WithMessage($"*a-{place}.st cannot write *writes different numbers alike: write *");

    [Theory]
    [InlineData("%d")]
    [InlineData("%02d")]
    [InlineData("%(epoch)03d")]
    [InlineData("%.3f")]
    [InlineData("%-3d")]
    [InlineData("%+d")]
    [InlineData("% d")]
    [InlineData("%ld")]
    [InlineData("%llu")]
    [InlineData("%hhd")]
    [InlineData("%c")]
    [InlineData("%o")]
    [InlineData("%a")]
    [InlineData("%r")]
    [InlineData("%03.1lf")]
    [InlineData("%#x")]
    [InlineData("%-*d")]
    [InlineData("%(epoch)-3d")]
    [InlineData("{{epoch}}")]
    [InlineData("{epoch}}")]
    [InlineData("epoch}")]
    [InlineData("{epoch")]
    public void Line07_places_of_other_languages_and_braces_without_a_partner_are_refused(string place)
        => Refused(place).WithMessage($"The pattern a-{place}.st *");

    [Theory]
    [InlineData("{epoch}", "12")]
    [InlineData("{epoch:000}", "012")]
    [InlineData("{epoch:D2}", "12")]
    [InlineData("{epoch:d4}", "0012")]
    [InlineData("{epoch:F0}", "12")]
    [InlineData("{epoch:X}", "C")]
    [InlineData("{epoch:N0}", "12")]
    [InlineData("{epoch:G}", "12")]
    [InlineData("{epoch:'epoch '0}", "epoch 12")]
    [InlineData("{val_loss}", "-1234.75")]
    [InlineData("{val_loss:F2}", "-1234.75")]
    [InlineData("{val_loss:F0}", "-1235")]
    [InlineData("{val_loss:0.000}", "-1234.750")]
    [InlineData("{val_loss:#,0.0}", "-1,234.8")]
    [InlineData("{val_loss:e1}", "-1.2e+003")]
    [InlineData("{val_loss:0.0E+0}", "-1.2E+3")]
    [InlineData("100%done-{epoch}", "100%done-12")]
    [InlineData("50% late-{epoch}", "50% late-12")]
    [InlineData("{epoch}-{val_loss:F0}", "12--1235")]
    [InlineData("{val_loss:F1}.{epoch}", "-1234.8.12")]
    [InlineData("{epoch:X}g{val_loss:F0}", "Cg-1235")]
    public void Line07_NET_s_own_formats_are_written_as_they_are(string place, string expected)
    {
        var logs = new Logs(["val_loss"]);
        logs.Values[0] = -1234.75f;
        new FigurePattern(place).Fill(11, logs).Should().Be(expected);
    }

    [Theory]
    [InlineData("m{epoch}{loss:F0}")]
    [InlineData("{epoch}0{loss:F0}")]
    [InlineData("{loss:F2}{epoch:000}")]
    [InlineData("{loss:F2}{accuracy:F2}-{epoch}")]
    [InlineData("{epoch:N0},{loss:#,0}")]
    [InlineData("{epoch:X}e{loss:F0}")]
    [InlineData("{epoch:'epoch '0}po{loss:F0}")]
    public void Line07_places_that_touch_are_refused_since_two_epochs_may_be_written_alike(string place)
        => Refused(place).WithMessage("*touch*different numbers are written alike*{epoch:000}-{loss:F3}*");

    [Theory]
    [InlineData("{Epoch:02d}", "{epoch:00}")]
    [InlineData("{EPOCH}", "{epoch:000}")]
    [InlineData("{:02d}", "{epoch:00}")]
    [InlineData("{epoch!r:02d}", "{epoch:00}")]
    [InlineData("{epoch,3}", "{epoch:000}")]
    [InlineData("{epoch + 1:03d}", "{epoch:000}")]
    [InlineData("{0}", "{epoch:000}")]
    [InlineData("{0:04d}", "{epoch:0000}")]
    [InlineData("{}", "{epoch:000}")]
    [InlineData("{val_loss,8:.2f}", "{val_loss:F2}")]
    [InlineData("{val_loss!r}", "{val_loss:F4}")]
    public void Line07_a_place_that_names_no_figure_of_any_run_is_refused_with_what_works(string place, string instead)
    {
        Refused(place).WithMessage($"*names no figure: write {instead}.");
        FluentActions.Invoking(() => new ModelCheckpoint($"a-{instead}.st")).Should().NotThrow();
    }

    [Theory]
    [InlineData("{batch}")]
    [InlineData("{val_loss}")]
    public void Line07_a_name_that_is_no_figure_of_the_run_is_refused_before_training(string place)
        => new FigurePattern(place).Invoking(p => p.RequireNames(["loss", "accuracy"])).Should().Throw<ArgumentException>()
            .WithMessage($"*{place} names '{place[1..^1]}', but there are only epoch and this run's figures loss, accuracy*");

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(string place)
        => FluentActions.Invoking(() => new ModelCheckpoint($"a-{place}.st")).Should().Throw<ArgumentException>();
}
